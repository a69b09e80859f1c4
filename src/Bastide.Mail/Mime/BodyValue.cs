using System.Text;

namespace Bastide.Mail.Mime;

/// <summary>The text of a part: an EmailBodyValue (RFC 8621 §4.1.4).</summary>
/// <param name="Value">The text, lines separated by LF.</param>
/// <param name="IsEncodingProblem">Whether something could not be decoded as its header says.</param>
/// <param name="IsTruncated">Whether it is not the whole text.</param>
public sealed record BodyValue(string Value, bool IsEncodingProblem, bool IsTruncated)
{
    /// <summary>The most octets of a text that are read, whatever is asked.</summary>
    public const int Most = 5 * 1024 * 1024;

    // HTML is cut before a tag or reference that began at most so many characters ago.
    const int LongestTag = 16 * 1024;

    /// <summary>
    /// Reads the text of a part. More than <paramref name="maxBytes"/> octets of UTF-8 (0: <see cref="Most"/>) are cut:
    /// between characters, and outside a tag of HTML.
    /// </summary>
    public static async ValueTask<BodyValue> Read(Stream message, BodyPart part, int maxBytes, CancellationToken cancellation)
    {
        var most = maxBytes is > 0 and < Most ? maxBytes : Most;
        var (octets, isWhole) = await ReadHead(message, part, Most, cancellation);
        var (text, isProblem) = Charsets.Decode(octets.Span, part.Charset);
        // The last character may be cut in two; that alone is no problem of the message.
        if (!isWhole && isProblem) isProblem = text.AsSpan().TrimEnd('\uFFFD').Contains('\uFFFD');
        isProblem |= !PartContent.CanDecode(part.Encoding);
        text = text.Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);
        var cut = Cut(text, most, part.Type == "text/html");
        return new BodyValue(cut, isProblem, !isWhole || cut.Length < text.Length);
    }

    /// <summary>Up to so many decoded octets of a part, and whether they are all.</summary>
    internal static async ValueTask<(ReadOnlyMemory<byte> Octets, bool IsWhole)> ReadHead(Stream message, BodyPart part, int most, CancellationToken cancellation)
    {
        await using var content = PartContent.Open(message, part);
        var buffer = new byte[(int)Math.Min(most + 1L, Math.Max(part.BodyEnd - part.BodyStart, 0) + 1)];
        var count = 0;
        while (count < buffer.Length && await content.ReadAsync(buffer.AsMemory(count), cancellation) is > 0 and var read) count += read;
        return (buffer.AsMemory(0, Math.Min(count, most)), count <= most);
    }

    internal static string Cut(string text, int mostOctets, bool isHtml)
    {
        if (text.Length * 3L <= mostOctets || Encoding.UTF8.GetByteCount(text) <= mostOctets) return text;
        var octets = 0;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > mostOctets) break;
            octets += rune.Utf8SequenceLength;
            end += rune.Utf16SequenceLength;
        }

        if (!isHtml) return text[..end];
        var window = text.AsSpan(Math.Max(0, end - LongestTag), end - Math.Max(0, end - LongestTag));
        var tag = window.LastIndexOf('<');
        if (tag >= 0 && window[tag..].IndexOf('>') < 0) return text[..(end - window.Length + tag)];
        var reference = window.LastIndexOf('&');
        return reference >= 0 && window.Length - reference < 12 && window[reference..].IndexOf(';') < 0 ? text[..(end - window.Length + reference)] : text[..end];
    }
}
