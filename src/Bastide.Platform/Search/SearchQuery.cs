using System.Text;

namespace Bastide.Platform.Search;

/// <summary>
/// What to look for. Words are compared without case and accents; a text of several words is a phrase. Made of the
/// pieces below and given to <see cref="SearchIndex"/>.
/// </summary>
public abstract record SearchQuery
{
    const int MostWords = 64;
    const int ShortestPrefix = 3;

    private protected SearchQuery()
    {
    }

    /// <summary>Matches nothing.</summary>
    public static SearchQuery Nothing { get; } = new NothingQuery();

    /// <summary>
    /// What a person types: every word must be there; <c>"words in quotes"</c> are a phrase (a backslash takes the next
    /// character as it is, RFC 8621 §4.4.1); <c>begin*</c>, and with <paramref name="lastIsPrefix"/> the last word, stands
    /// for every word with that beginning, when it has three letters or more. Matches nothing when the text holds no word.
    /// </summary>
    public static SearchQuery Words(string text, SearchField field = SearchField.Any, bool lastIsPrefix = false)
    {
        var pieces = Cut(text);
        var queries = new List<SearchQuery>();
        for (var i = 0; i < pieces.Count && queries.Count < MostWords; i++)
        {
            var (piece, quoted) = pieces[i];
            var prefix = !quoted && (piece.EndsWith('*') || (lastIsPrefix && i == pieces.Count - 1));
            var query = Make(piece, field, prefix);
            if (query is TextQuery) queries.Add(query);
        }

        return queries.Count == 0 ? Nothing : And([.. queries]);
    }

    /// <summary>The words of the text one after the other.</summary>
    public static SearchQuery Phrase(string text, SearchField field = SearchField.Any) => Make(text, field, prefix: false);

    /// <summary>One word as the index has it. Folded once more, a word may be several (that of a Thai SARA AM is).</summary>
    internal static SearchQuery Token(string word) => new TextQuery(SearchField.Any, [word], Prefix: false);

    /// <summary>What matches all of them; everything when there are none.</summary>
    public static SearchQuery And(params SearchQuery[] queries) => queries.Length == 1 ? queries[0] : new AndQuery(queries);

    /// <summary>What matches any of them; nothing when there are none.</summary>
    public static SearchQuery Or(params SearchQuery[] queries) => queries.Length switch
    {
        0 => Nothing,
        1 => queries[0],
        _ => new OrQuery(queries),
    };

    /// <summary>What does not match it.</summary>
    public static SearchQuery Not(SearchQuery query) => new NotQuery(query);

    internal abstract void CollectWanted(SearchField field, List<TextQuery> wanted);

    static SearchQuery Make(string text, SearchField field, bool prefix)
    {
        var words = SearchText.Split(text).ConvertAll(word => word.Word);
        if (words.Count == 0) return Nothing;
        if (words.Count > MostWords) words.RemoveRange(MostWords, words.Count - MostWords);
        return new TextQuery(field, words, prefix && words[^1].Length >= ShortestPrefix);
    }

    static List<(string Text, bool Quoted)> Cut(string text)
    {
        var pieces = new List<(string, bool)>();
        var piece = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length) piece.Append(text[++i]);
            else if (c == '"')
            {
                End(quoted);
                quoted = !quoted;
            }
            else if (!quoted && char.IsWhiteSpace(c)) End(false);
            else piece.Append(c);
        }

        End(quoted);
        return pieces;

        void End(bool wasQuoted)
        {
            if (piece.Length > 0) pieces.Add((piece.ToString(), wasQuoted));
            piece.Clear();
        }
    }
}
