using System.Text;
using Bastide.Fuzz.Workplace;
using Bastide.Mail.Imap;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// A whole IMAP session: commands, literals, pipelining and state. Alice signs in with <c>LOGIN alice@demo.localhost
/// bastide-demo</c>. Every answer is of IMAP's grammar, no text of the peer breaks out of one, and nothing fails inside.
/// </summary>
static class Imap
{
    public static void Run(byte[] input) => Ask(FuzzWorkplace.Fresh, input);

    /// <summary>What the server says to a client that says this and goes.</summary>
    public static string Ask(FuzzWorkplace workplace, byte[] input)
    {
        using var connection = new ScriptedConnection(input);
        connection.Serve(new ImapConnection(workplace.Imap));
        workplace.Errors.Check();
        ImapAnswers.Check(connection.Said, input);
        return Encoding.Latin1.GetString(connection.Said);
    }
}
