using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>Writes answers (RFC 9051 §7) straight into the buffer of the connection; nothing is sent by it.</summary>
/// <param name="output">The buffer.</param>
public sealed class ImapWriter(IBufferWriter<byte> output)
{
    const int LongestQuoted = 1000;

    /// <summary>Whether strings may hold UTF-8 between quotes and mailboxes are named in it (RFC 6855, IMAP4rev2).</summary>
    public bool Utf8 { get; set; }

    /// <summary>Octets as they are.</summary>
    public ImapWriter Raw(ReadOnlySpan<byte> octets)
    {
        output.Write(octets);
        return this;
    }

    /// <summary>Text as it is.</summary>
    public ImapWriter Text(string text)
    {
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, span));
        return this;
    }

    /// <summary>A number.</summary>
    public ImapWriter Number(long number)
    {
        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(number, span, out var written);
        output.Advance(written);
        return this;
    }

    /// <summary>A space.</summary>
    public ImapWriter Space() => Octet((byte)' ');

    /// <summary>The beginning of a list.</summary>
    public ImapWriter Open() => Octet((byte)'(');

    /// <summary>The end of a list.</summary>
    public ImapWriter Close() => Octet((byte)')');

    /// <summary>The end of the line.</summary>
    public ImapWriter Line() => Raw("\r\n"u8);

    /// <summary>NIL.</summary>
    public ImapWriter Nil() => Raw("NIL"u8);

    /// <summary>A string, between quotes where it can be, else as a literal.</summary>
    public ImapWriter String(string text)
    {
        if (text.Length > LongestQuoted || !CanQuote(text)) return Literal(Encoding.UTF8.GetBytes(text));
        Octet((byte)'"');
        if (text.AsSpan().IndexOfAny('"', '\\') < 0) Text(text);
        else Text(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        return Octet((byte)'"');
    }

    /// <summary>A string, or NIL for null.</summary>
    public ImapWriter NString(string? text) => text is null ? Nil() : String(text);

    /// <summary>A string without quotes where it can be an atom.</summary>
    public ImapWriter AString(string text) => IsAtom(text) ? Text(text) : String(text);

    /// <summary>A literal.</summary>
    public ImapWriter Literal(ReadOnlySpan<byte> octets) => LiteralHeader(octets.Length).Raw(octets);

    /// <summary>The header of a literal whose octets the caller writes.</summary>
    public ImapWriter LiteralHeader(long size, bool literal8 = false)
    {
        if (literal8) Octet((byte)'~');
        return Octet((byte)'{').Number(size).Raw("}\r\n"u8);
    }

    /// <summary>The name of a mailbox.</summary>
    public ImapWriter Mailbox(string name) => AString(Utf8 ? name : ModifiedUtf7.Encode(name));

    /// <summary>Flags between parentheses.</summary>
    public ImapWriter Flags(IEnumerable<string> flags)
    {
        Open();
        var isFirst = true;
        foreach (var flag in flags)
        {
            if (!isFirst) Space();
            isFirst = false;
            Text(flag);
        }

        return Close();
    }

    /// <summary>A date with time and zone, between quotes.</summary>
    public ImapWriter InternalDate(DateTimeOffset date)
    {
        Octet((byte)'"');
        Text(date.ToString("dd-MMM-yyyy HH:mm:ss ", CultureInfo.InvariantCulture));
        Text(date.Offset < TimeSpan.Zero ? "-" : "+");
        Text(date.Offset.ToString("hhmm", CultureInfo.InvariantCulture));
        return Octet((byte)'"');
    }

    static bool IsAtom(string text)
    {
        if (text.Length == 0 || text.Equals("NIL", StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var c in text)
            if (c is <= ' ' or >= '\x7f' or '(' or ')' or '{' or '%' or '*' or '"' or '\\' or ']')
                return false;
        return true;
    }

    bool CanQuote(string text)
    {
        foreach (var c in text)
            if (c is '\r' or '\n' or '\0' || (c > '\x7f' && !Utf8))
                return false;
        return true;
    }

    ImapWriter Octet(byte octet)
    {
        output.GetSpan(1)[0] = octet;
        output.Advance(1);
        return this;
    }
}
