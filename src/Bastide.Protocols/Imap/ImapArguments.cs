using System.Globalization;
using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>
/// Reads the arguments of a command in their order (RFC 9051 §9). The command is whole: where a literal stands, its header,
/// CR LF and its octets follow in place. Whatever is not of the grammar throws <see cref="ImapSyntaxException"/>.
/// </summary>
/// <param name="text">The octets, without the CR LF that ends the command.</param>
public sealed class ImapArguments(ReadOnlyMemory<byte> text)
{
    /// <summary>How deep lists and search keys may be nested.</summary>
    public const int MaxDepth = 64;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    int _at;
    int _depth;

    /// <summary>Whether nothing follows.</summary>
    public bool AtEnd => _at >= text.Length;

    /// <summary>The octet that follows, as a character, or null at the end.</summary>
    public char? Peek => AtEnd ? null : (char)text.Span[_at];

    /// <summary>The octets that follow.</summary>
    public ReadOnlyMemory<byte> Rest => text[_at..];

    /// <summary>Throws when something follows.</summary>
    public void ExpectEnd()
    {
        if (!AtEnd) throw new ImapSyntaxException("There is more than the command takes");
    }

    /// <summary>Reads the one space between two arguments.</summary>
    public void Space() => Expect(' ');

    /// <summary>Reads a space if one follows.</summary>
    public bool TrySpace() => TryTake(' ');

    /// <summary>Reads the character if it follows.</summary>
    public bool TryTake(char character)
    {
        if (Peek != character) return false;
        _at++;
        return true;
    }

    /// <summary>Reads the character.</summary>
    public void Expect(char character)
    {
        if (!TryTake(character)) throw new ImapSyntaxException(character == ' ' ? "An argument is missing" : $"A \"{character}\" is missing");
    }

    /// <summary>An atom.</summary>
    public string Atom()
    {
        var start = _at;
        while (_at < text.Length && IsAtom(text.Span[_at])) _at++;
        if (_at == start) throw new ImapSyntaxException("A word is missing");
        return Encoding.ASCII.GetString(text.Span[start.._at]);
    }

    /// <summary>A word of the grammar, in upper case; letters, digits and <c>- . = +</c>.</summary>
    public string Keyword()
    {
        var start = _at;
        while (_at < text.Length && text.Span[_at] is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.' or (byte)'=' or (byte)'+' or (byte)'_') _at++;
        if (_at == start) throw new ImapSyntaxException("A word is missing");
        return Encoding.ASCII.GetString(text.Span[start.._at]).ToUpperInvariant();
    }

    /// <summary>Reads the word of the grammar if it follows, whole.</summary>
    public bool TryKeyword(string keyword)
    {
        var start = _at;
        if (Peek is not { } first || !char.IsAsciiLetterOrDigit(first)) return false;
        if (Keyword() == keyword) return true;
        _at = start;
        return false;
    }

    /// <summary>An <c>astring</c>: an atom (which may hold <c>]</c>), a quoted string or a literal.</summary>
    public string AString()
    {
        if (Peek is '"' or '{' || Rest.Span.StartsWith("~{"u8)) return String();
        var start = _at;
        while (_at < text.Length && (IsAtom(text.Span[_at]) || text.Span[_at] is (byte)']' or >= 0x80)) _at++;
        if (_at == start) throw new ImapSyntaxException("A string is missing");
        return Decode(text.Span[start.._at]);
    }

    /// <summary>A quoted string or a literal, in UTF-8.</summary>
    public string String() => Decode(StringOctets().Span);

    /// <summary>The same as octets.</summary>
    public ReadOnlyMemory<byte> StringOctets() => Peek == '"' ? Quoted() : Literal();

    /// <summary>The same, or null for <c>NIL</c>.</summary>
    public string? NString() => TryKeyword("NIL") ? null : String();

    /// <summary>The header of a literal that ends the text: its octets are not here but still to come.</summary>
    public ImapLiteral LiteralToCome()
    {
        var rest = Rest.Span;
        var header = rest.StartsWith("~"u8) ? rest[1..] : rest;
        if (!header.StartsWith("{"u8) || header.LastIndexOf((byte)'{') != 0 || !ImapLiteral.TryParseHeader(rest, out var literal)) throw new ImapSyntaxException("A literal is missing");
        _at = text.Length;
        return literal;
    }

    /// <summary>A number of 32 bits.</summary>
    public uint Number()
    {
        var number = Number64();
        return number <= uint.MaxValue ? (uint)number : throw new ImapSyntaxException("The number is too large");
    }

    /// <summary>A number of 32 bits above 0.</summary>
    public uint NonZeroNumber() => Number() is var number and > 0 ? number : throw new ImapSyntaxException("The number must be above 0");

    /// <summary>A number of 63 bits.</summary>
    public long Number64()
    {
        var start = _at;
        while (_at < text.Length && text.Span[_at] is >= (byte)'0' and <= (byte)'9') _at++;
        if (_at == start) throw new ImapSyntaxException("A number is missing");
        return long.TryParse(text.Span[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ImapSyntaxException("The number is too large");
    }

    /// <summary>The name of a mailbox; <c>INBOX</c> in that spelling however it was written (RFC 9051 §5.1).</summary>
    /// <param name="utf8">Whether names are in UTF-8 (<c>ENABLE UTF8=ACCEPT</c> or IMAP4rev2) and not in modified UTF-7.</param>
    public string Mailbox(bool utf8)
    {
        var name = AString();
        if (!utf8) name = ModifiedUtf7.Decode(name);
        return name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? "INBOX" : name;
    }

    /// <summary>A <c>sequence-set</c>.</summary>
    public SequenceSet SequenceSet()
    {
        var start = _at;
        while (_at < text.Length && text.Span[_at] is (>= (byte)'0' and <= (byte)'9') or (byte)':' or (byte)',' or (byte)'*' or (byte)'$') _at++;
        return Imap.SequenceSet.Parse(text.Span[start.._at]);
    }

    /// <summary>A flag: a system flag in its spelling, a keyword as it was typed. <c>\Recent</c> is nobody's to set.</summary>
    public string Flag()
    {
        if (!TryTake('\\')) return Atom();
        var name = Atom();
        return name.ToUpperInvariant() switch
        {
            "SEEN" => "\\Seen",
            "ANSWERED" => "\\Answered",
            "FLAGGED" => "\\Flagged",
            "DELETED" => "\\Deleted",
            "DRAFT" => "\\Draft",
            _ => throw new ImapSyntaxException($"There is no flag \\{name} that can be set"),
        };
    }

    /// <summary>Flags between parentheses, perhaps none.</summary>
    public IReadOnlyList<string> FlagList() => ListOf(static arguments => arguments.Flag());

    /// <summary>Values between parentheses with a space between them, perhaps none.</summary>
    public List<T> ListOf<T>(Func<ImapArguments, T> one)
    {
        Open();
        var list = new List<T>();
        while (!TryClose())
        {
            if (list.Count > 0) Space();
            list.Add(one(this));
        }

        return list;
    }

    /// <summary>Goes into a list.</summary>
    public void Open()
    {
        Expect('(');
        if (++_depth > MaxDepth) throw new ImapSyntaxException("The lists are nested too deep");
    }

    /// <summary>Leaves a list if it ends here.</summary>
    public bool TryClose()
    {
        if (!TryTake(')')) return false;
        _depth--;
        return true;
    }

    /// <summary>A date (<c>1-Feb-2026</c>), with quotes or without.</summary>
    public DateOnly Date()
    {
        var isQuoted = TryTake('"');
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit((char)text.Span[_at]) || text.Span[_at] == '-')) _at++;
        var written = Encoding.ASCII.GetString(text.Span[start.._at]);
        if (isQuoted) Expect('"');
        return DateOnly.TryParseExact(written, "d-MMM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ImapSyntaxException("A date is written as 1-Feb-2026");
    }

    /// <summary>A date with time and zone (<c>" 1-Feb-2026 09:30:00 +0100"</c>).</summary>
    public DateTimeOffset DateTime()
    {
        var written = Encoding.ASCII.GetString(Quoted().Span);
        // .NET wants a colon in the zone.
        if (written.Length == 26) written = written.Insert(24, ":");
        return DateTimeOffset.TryParseExact(written.TrimStart(' '), "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ImapSyntaxException("A date with time is written as \" 1-Feb-2026 09:30:00 +0100\"");
    }

    static bool IsAtom(byte octet) => octet is > (byte)' ' and < 0x7f and not ((byte)'(' or (byte)')' or (byte)'{' or (byte)'%' or (byte)'*' or (byte)'"' or (byte)'\\' or (byte)']');

    static string Decode(ReadOnlySpan<byte> octets)
    {
        if (octets.Contains((byte)0)) throw new ImapSyntaxException("A string cannot hold NUL");
        try
        {
            return Utf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            throw new ImapSyntaxException("The string is not UTF-8");
        }
    }

    ReadOnlyMemory<byte> Quoted()
    {
        Expect('"');
        var start = _at;
        var escaped = false;
        for (; _at < text.Length; _at++)
        {
            var octet = text.Span[_at];
            if (octet == '"')
            {
                var inside = text[start.._at++];
                return escaped ? Unescape(inside.Span) : inside;
            }

            if (octet is (byte)'\r' or (byte)'\n' or 0) break;
            if (octet != '\\') continue;
            escaped = true;
            if (++_at < text.Length && text.Span[_at] is not ((byte)'"' or (byte)'\\')) throw new ImapSyntaxException("Within quotes \\ stands before \" and \\ only");
        }

        throw new ImapSyntaxException("A quote is not closed");
    }

    static byte[] Unescape(ReadOnlySpan<byte> quoted)
    {
        var plain = new List<byte>(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '\\') i++;
            plain.Add(quoted[i]);
        }

        return [.. plain];
    }

    ReadOnlyMemory<byte> Literal()
    {
        var rest = text.Span[_at..];
        var end = rest.IndexOf("\r\n"u8);
        if (end < 0 || (rest[0] != '{' && !rest.StartsWith("~{"u8)) || rest[..end].LastIndexOf((byte)'{') > 1 || !ImapLiteral.TryParseHeader(rest[..end], out var literal)) throw new ImapSyntaxException("A string is missing");
        var start = _at + end + 2;
        if (literal.Size > text.Length - start) throw new ImapSyntaxException("The literal is cut off");
        _at = start + (int)literal.Size;
        return text.Slice(start, (int)literal.Size);
    }
}
