using System.Text;

namespace Bastide.Mail.Mime;

/// <summary>The beginning of what a message says, for lists (RFC 8621 §4.1.4).</summary>
static class Preview
{
    /// <summary>The most characters.</summary>
    public const int Most = 256;

    const int MostRead = 64 * 1024;

    /// <summary>The preview from the kept beginnings of the texts: the plain text before the HTML.</summary>
    public static string Of(EmailBodies bodies, IReadOnlyDictionary<BodyPart, ReadOnlyMemory<byte>> heads)
    {
        foreach (var part in bodies.TextBody.Concat(bodies.HtmlBody))
        {
            if (!heads.TryGetValue(part, out var head) || part.Type is not ("text/plain" or "text/html")) continue;
            var (text, _) = Charsets.Decode(head.Span, part.Charset);
            var preview = part.Type == "text/html" ? Shorten(HtmlText.Of(text, MostRead)) : OfText(text);
            if (preview.Length > 0) return preview;
        }

        return "";
    }

    /// <summary>The preview of a plain text: what its writer says, without what they quote and sign with.</summary>
    public static string OfText(string text)
    {
        var own = new StringBuilder();
        foreach (var line in text.AsSpan(0, Math.Min(text.Length, MostRead)).EnumerateLines())
        {
            if (line is "-- ") break;
            if (line.StartsWith(">")) continue;
            own.Append(line).Append('\n');
            if (own.Length > 4 * Most) break;
        }

        var preview = Shorten(own.ToString());
        return preview.Length > 0 ? preview : Shorten(text[..Math.Min(text.Length, 8 * Most)]);
    }

    static string Shorten(string text)
    {
        var shortened = new StringBuilder(Most + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shortened.Length + rune.Utf16SequenceLength > Most) break;
            if (Rune.IsWhiteSpace(rune) || rune.Value == 0x2060 || rune.Value is >= 0x200B and <= 0x200D && shortened.Length == 0)
            {
                if (shortened.Length > 0 && shortened[^1] != ' ') shortened.Append(' ');
            }
            else if (!Rune.IsControl(rune) && rune.Value is not (0x034F or 0x00AD or 0xFEFF)) shortened.Append(rune);
        }

        return shortened.ToString().TrimEnd();
    }
}
