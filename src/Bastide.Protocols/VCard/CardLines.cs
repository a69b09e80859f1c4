using System.Buffers;
using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>
/// The content lines of a card, unfolded as octets: old programs fold within a character. RFC 6350 §3.2. What 2.1 breaks in
/// its own ways is put together too: quoted-printable with <c>=</c> at the end, base64 that is not indented.
/// </summary>
sealed class CardLines(ReadOnlyMemory<byte> octets, long firstLine)
{
    static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t"u8);

    static ReadOnlySpan<byte> Named => ";ENCODING="u8;

    int _position;
    long _line = firstLine - 1;

    /// <summary>The line that <see cref="TryRead"/> or <see cref="TryReadPlain"/> answered last began on.</summary>
    public long Line { get; private set; } = firstLine;

    /// <summary>The next line that is not empty, unfolded; false at the end.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        do
        {
            if (!TryReadPlain(out line)) return false;
        }
        while (line.Span.Trim((byte)' ').Length == 0);

        var head = line.Span[..Math.Max(0, line.Span.IndexOf((byte)':'))];
        var isQuoted = IsEncoded(head, "QUOTED-PRINTABLE"u8);
        var isBase64 = IsEncoded(head, "BASE64"u8) || IsEncoded(head, "B"u8);
        if (!IsContinued(line.Span, isQuoted, isBase64)) return true;
        var whole = new ArrayBufferWriter<byte>(Math.Max(256, line.Length * 2));
        Append(whole, line.Span, isQuoted);
        var last = line;
        while (IsContinued(last.Span, isQuoted, isBase64))
        {
            var isSoft = isQuoted && last.Span.EndsWith("="u8);
            TakePhysical(out last);
            Append(whole, isSoft || !IsIndented(last.Span) ? last.Span : last.Span[1..], isQuoted);
        }

        line = whole.WrittenMemory;
        return true;
    }

    /// <summary>The next line as it stands, folded or not; false at the end.</summary>
    public bool TryReadPlain(out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (_position >= octets.Length) return false;
        TakePhysical(out line);
        Line = _line;
        return true;
    }

    bool IsContinued(ReadOnlySpan<byte> line, bool isQuoted, bool isBase64)
    {
        if (_position >= octets.Length) return false;
        if (isQuoted && line.EndsWith("="u8)) return true;
        var next = Next(octets.Span[_position..], out _);
        return IsIndented(next) || (isBase64 && next.Length > 0 && next.IndexOfAnyExcept(Base64) < 0);
    }

    void TakePhysical(out ReadOnlyMemory<byte> line)
    {
        var length = Next(octets.Span[_position..], out var taken).Length;
        line = octets.Slice(_position, length);
        _position += taken;
        _line++;
    }

    /// <summary>The next physical line without its end, and how long it is with it. Lines of old Macs end with CR alone.</summary>
    static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> rest, out int taken)
    {
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            taken = rest.Length;
            return rest;
        }

        taken = end + EndLength(rest[end..], isAll: true);
        return rest[..end];
    }

    /// <summary>
    /// The length of the line end at the beginning: LF, CR, or CR LF, where more CRs are met too; 0 when more octets must say.
    /// </summary>
    public static int EndLength(ReadOnlySpan<byte> octets, bool isAll)
    {
        var next = octets.IndexOfAnyExcept((byte)'\r');
        if (next < 0) return isAll ? 1 : 0;
        return octets[next] == '\n' ? next + 1 : 1;
    }

    static bool IsIndented(ReadOnlySpan<byte> line) => line.Length > 0 && line[0] is (byte)' ' or (byte)'\t';

    static void Append(ArrayBufferWriter<byte> whole, ReadOnlySpan<byte> line, bool isQuoted) =>
        whole.Write(isQuoted && line.EndsWith("="u8) ? line[..^1] : line);

    /// <summary>Whether a parameter is this encoding, with its name or, as in 2.1, without.</summary>
    static bool IsEncoded(ReadOnlySpan<byte> head, ReadOnlySpan<byte> encoding)
    {
        for (var i = 0; i + encoding.Length <= head.Length; i++)
        {
            if (!Ascii.EqualsIgnoreCase(head.Slice(i, encoding.Length), encoding) || IsWithinQuotes(head, i)) continue;
            var before = head[..i].TrimEnd(" \t\""u8);
            var after = head[(i + encoding.Length)..].TrimStart(" \t\""u8);
            var isBegun = before.EndsWith(";"u8) || (before.Length >= Named.Length && Ascii.EqualsIgnoreCase(before[^Named.Length..], Named));
            if (isBegun && (after.IsEmpty || after[0] is (byte)';' or (byte)',')) return true;
        }

        return false;
    }

    /// <summary>Whether a place is in the middle of a quoted value, where the words of a parameter say nothing.</summary>
    static bool IsWithinQuotes(ReadOnlySpan<byte> head, int at) => head[..at].Count((byte)'"') % 2 == 1 && head[at - 1] != '"';
}
