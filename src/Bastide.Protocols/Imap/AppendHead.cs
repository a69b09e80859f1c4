namespace Bastide.Protocols.Imap;

/// <summary>
/// What stands before the octets of one message in APPEND (RFC 9051 §6.3.12, RFC 3502, RFC 6855 §4). The text ends with the
/// header of the literal; what follows the octets is a new text, with which <see cref="TryNext"/> goes on.
/// </summary>
/// <param name="Flags">The flags.</param>
/// <param name="InternalDate">The date, or null for now.</param>
/// <param name="IsUtf8">Whether the literal stands within <c>UTF8 (…)</c>, so that <c>)</c> follows it.</param>
/// <param name="Literal">The literal.</param>
public sealed record AppendHead(IReadOnlyList<string> Flags, DateTimeOffset? InternalDate, bool IsUtf8, ImapLiteral Literal)
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

        var isUtf8 = arguments.TryKeyword("UTF8");
        if (isUtf8)
        {
            arguments.Space();
            arguments.Expect('(');
        }

        var rest = arguments.Rest.Span;
        var header = rest.StartsWith("~"u8) ? rest[1..] : rest;
        if (!header.StartsWith("{"u8) || !ImapLiteral.TryParseHeader(rest, out var literal) || header.LastIndexOf((byte)'{') != 0)
            throw new ImapSyntaxException("APPEND takes a mailbox, flags, a date and the message as a literal");
        if (literal.IsLiteral8 != isUtf8 && !literal.IsLiteral8) throw new ImapSyntaxException("UTF8 takes a literal8");
        return new AppendHead(flags, date, isUtf8, literal);
    }

    /// <summary>Reads what follows the octets: true when another message comes, false when the command ends.</summary>
    public bool TryNext(ImapArguments arguments)
    {
        if (IsUtf8) arguments.Expect(')');
        if (arguments.AtEnd) return false;
        arguments.Space();
        return true;
    }
}
