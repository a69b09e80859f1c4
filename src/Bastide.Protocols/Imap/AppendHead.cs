namespace Bastide.Protocols.Imap;

/// <summary>What stands before the octets of one message in APPEND (RFC 9051 §6.3.12, RFC 3502, RFC 6855 §4, RFC 4469 §3).</summary>
/// <param name="Flags">The flags.</param>
/// <param name="InternalDate">The date, or null for now.</param>
/// <param name="Form">How the octets come; where that is between parentheses, the first is read.</param>
public sealed record AppendHead(IReadOnlyList<string> Flags, DateTimeOffset? InternalDate, AppendForm Form)
{
    /// <summary>Reads it, behind the space that comes before.</summary>
    public static AppendHead Parse(ImapArguments arguments)
    {
        IReadOnlyList<string> flags = [];
        if (arguments.Peek == '(')
        {
            flags = arguments.FlagList();
            arguments.Space();
        }

        DateTimeOffset? date = null;
        if (arguments.Peek == '"')
        {
            date = arguments.DateTime();
            arguments.Space();
        }

        return new AppendHead(flags, date, FormOf(arguments));
    }

    static AppendForm FormOf(ImapArguments arguments)
    {
        if (arguments.Peek is '{' or '~') return AppendForm.Literal;
        var form = arguments.TryKeyword("UTF8") ? AppendForm.Utf8 : AppendForm.Catenate;
        if (form == AppendForm.Catenate && !arguments.TryKeyword("CATENATE")) throw new ImapSyntaxException("APPEND takes a mailbox, flags, a date and the message as a literal");
        arguments.Space();
        arguments.Expect('(');
        return form;
    }
}
