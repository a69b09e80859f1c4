using System.Text;

namespace Bastide.Mail.Jmap;

/// <summary>Writes a text with what matched in <c>&lt;mark&gt;</c>, everything else escaped for HTML. RFC 8621 §5.</summary>
static class Snippet
{
    /// <summary>The most octets of a <c>preview</c>, entities and marks counted.</summary>
    public const int MostOctets = 255;

    /// <summary>How many characters before the first match are shown.</summary>
    const int Before = 40;

    const string Open = "<mark>";
    const string Close = "</mark>";

    /// <summary>The whole text.</summary>
    public static string Whole(string text, IReadOnlyList<(int Start, int Length)> marks) => Write(text, 0, marks, int.MaxValue);

    /// <summary>A piece of the text that begins a little before the first match, at the start of a word.</summary>
    public static string Around(string text, IReadOnlyList<(int Start, int Length)> marks)
    {
        var first = marks[0].Start;
        var start = Math.Max(0, first - Before);
        if (start > 0)
        {
            var space = text.AsSpan(start, first - start).IndexOfAny(' ', '\n', '\t');
            start = space >= 0 ? start + space + 1 : first;
        }

        return Write(text, start, marks, MostOctets);
    }

    static string Write(string text, int start, IReadOnlyList<(int Start, int Length)> marks, int most)
    {
        var written = new StringBuilder();
        var octets = 0;
        var isSpace = true;
        var next = 0;
        while (next < marks.Count && marks[next].Start < start) next++;
        for (var at = start; at < text.Length;)
        {
            if (next < marks.Count && marks[next].Start == at)
            {
                var marked = Open + Escape(text.AsSpan(at, marks[next].Length)) + Close;
                if (!Add(marked)) break;
                at += marks[next].Length;
                next++;
                isSpace = false;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            at += length;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (isSpace) continue;
                isSpace = true;
                if (!Add(" ")) break;
                continue;
            }

            isSpace = false;
            if (!Add(Escape(rune))) break;
        }

        return written.ToString().TrimEnd();

        bool Add(string piece)
        {
            var size = Encoding.UTF8.GetByteCount(piece);
            if (octets > most - size) return false;
            octets += size;
            written.Append(piece);
            return true;
        }
    }

    static string Escape(ReadOnlySpan<char> text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) escaped.Append(Escape(rune));
        return escaped.ToString();
    }

    static string Escape(Rune rune) => rune.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => rune.ToString(),
    };
}
