using System.Buffers.Text;

namespace Bastide.Protocols.Imap;

/// <summary>The header of a literal, as it stands at the end of a line (RFC 9051 §4.3, RFC 7888, RFC 3516 §4.4).</summary>
/// <param name="Size">How many octets follow the line; <see cref="long.MaxValue"/> where the number has more than 18 digits.</param>
/// <param name="IsNonSynchronizing">Whether they come without being asked for (<c>{n+}</c>).</param>
/// <param name="IsLiteral8">Whether they may hold NUL (<c>~{n}</c>).</param>
public readonly record struct ImapLiteral(long Size, bool IsNonSynchronizing, bool IsLiteral8)
{
    const int MostDigits = 18;

    /// <summary>Finds the header at the very end of a line, its CR LF already taken off.</summary>
    public static bool TryParseHeader(ReadOnlySpan<byte> line, out ImapLiteral literal)
    {
        literal = default;
        if (line.Length < 3 || line[^1] != '}') return false;
        var open = line.LastIndexOf((byte)'{');
        if (open < 0) return false;
        var digits = line[(open + 1)..^1];
        var isNonSynchronizing = digits.Length > 0 && digits[^1] == '+';
        if (isNonSynchronizing) digits = digits[..^1];
        if (digits.Length == 0 || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        // More than can be counted still comes: it must not pass for a line without a literal.
        var size = long.MaxValue;
        if (digits.Length <= MostDigits && !Utf8Parser.TryParse(digits, out size, out _)) return false;
        literal = new ImapLiteral(size, isNonSynchronizing, open > 0 && line[open - 1] == '~');
        return true;
    }
}
