using System.Text;

namespace Bastide.Platform.Search;

/// <summary>Texts as the index sees them.</summary>
public static class SearchText
{
    /// <summary>How much of a field is indexed, in UTF-16 units.</summary>
    public const int MostCharacters = 256 * 1024;

    /// <summary>
    /// Where the words that a query asks for stand in a text of the given field, in order and without overlap. What the
    /// query excludes is not marked.
    /// </summary>
    public static List<(int Start, int Length)> Marks(SearchQuery query, SearchField field, string text)
    {
        var wanted = new List<TextQuery>();
        query.CollectWanted(field, wanted);
        var marks = new List<(int Start, int Length)>();
        if (wanted.Count == 0) return marks;
        var words = Split(text);
        for (var i = 0; i < words.Count;)
        {
            var longest = 0;
            foreach (var phrase in wanted)
                if (phrase.Tokens.Count > longest && phrase.StandsAt(words, i))
                    longest = phrase.Tokens.Count;
            if (longest > 0)
            {
                var last = words[i + longest - 1];
                marks.Add((words[i].Start, last.End - words[i].Start));
            }

            i += Math.Max(longest, 1);
        }

        return marks;
    }

    /// <summary>The folded words with a space between, as FTS5 takes them.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(Math.Min(text.Length, MostCharacters) + 16);
        Span<char> buffer = stackalloc char[WordReader.LongestWord];
        var reader = new WordReader(Head(text), buffer);
        while (reader.Next()) folded.Append(reader.Word).Append(' ');
        return folded.ToString();
    }

    internal static List<(string Word, int Start, int End)> Split(string text)
    {
        var words = new List<(string Word, int Start, int End)>();
        Span<char> buffer = stackalloc char[WordReader.LongestWord];
        var reader = new WordReader(Head(text), buffer);
        while (reader.Next()) words.Add((reader.Word.ToString(), reader.Start, reader.End));
        return words;
    }

    internal static ReadOnlySpan<char> Head(string text) => text.AsSpan(0, Math.Min(text.Length, MostCharacters));
}
