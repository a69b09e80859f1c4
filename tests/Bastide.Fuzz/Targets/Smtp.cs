using System.Text;
using Bastide.Fuzz.Workplace;
using Bastide.Mail.Smtp;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Protocols.Smtp;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// A whole SMTP session, with another server or with somebody of the workplace (<c>AUTH PLAIN</c> as Alice). Every reply
/// is of SMTP's grammar, nothing fails inside, and no message is kept that holds a CR or LF alone.
/// </summary>
static class Smtp
{
    static readonly Sql SelectBlobs = new("SELECT blob_id FROM messages WHERE account_id = $1 ORDER BY id DESC LIMIT 50");

    /// <summary>Mail from other servers.</summary>
    public static void Receive(byte[] input) => Run(input, SmtpListenerKind.Transfer);

    /// <summary>Mail from the people here.</summary>
    public static void Submit(byte[] input) => Run(input, SmtpListenerKind.Submission);

    static void Run(byte[] input, SmtpListenerKind kind)
    {
        var workplace = FuzzWorkplace.Fresh;
        using var connection = new ScriptedConnection(input);
        connection.Context.Features.Set(new SmtpListener(kind));
        connection.Serve(new SmtpConnection(workplace.Service<SmtpServer>()));
        workplace.Errors.Check();
        CheckReplies(connection.Said);
        if (connection.Said.IndexOf("250 2.0.0 Kept"u8) >= 0) CheckMessages(workplace).GetAwaiter().GetResult();
    }

    static void CheckReplies(ReadOnlySpan<byte> said)
    {
        Invariant.Holds(said.StartsWith("220 "u8), $"The greeting is {Encoding.Latin1.GetString(said)}");
        while (said.Length > 0)
        {
            var end = said.IndexOf("\r\n"u8);
            Invariant.Holds(end >= 4, $"A reply is not a line: {Encoding.Latin1.GetString(said)}");
            var line = said[..end];
            var isReply = line[0] is >= (byte)'2' and <= (byte)'5' && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2]) && line[3] is (byte)' ' or (byte)'-';
            Invariant.Holds(isReply && line.IndexOfAnyInRange((byte)0, (byte)31) < 0, $"A reply is no reply: {Encoding.Latin1.GetString(line)}");
            // Behind this TLS speaks.
            if (line.StartsWith("220 "u8) && line.IndexOf("TLS"u8) >= 0) return;
            said = said[(end + 2)..];
        }
    }

    static async Task CheckMessages(FuzzWorkplace workplace)
    {
        foreach (var id in await workplace.Database.Read(scope => scope.List(SelectBlobs, row => new BlobId(row.Bytes(0)), workplace.Alice.Account), CancellationToken.None))
        {
            using var octets = new MemoryStream();
            await using (var stream = await workplace.Blobs.Open(id, CancellationToken.None)) await stream!.CopyToAsync(octets);
            var newlines = new NewlineCheck();
            newlines.Scan(octets.GetBuffer().AsSpan(0, (int)octets.Length));
            newlines.End();
            Invariant.Holds(!newlines.HasBareNewline, $"A message was kept with a newline of its own: {Encoding.Latin1.GetString(octets.ToArray())}");
        }
    }
}
