namespace Bastide.Platform.Search;

/// <summary>Words one after the other in a field; with <paramref name="Prefix"/> the last is only a beginning.</summary>
sealed record TextQuery(SearchField Field, IReadOnlyList<string> Tokens, bool Prefix) : SearchQuery
{
    /// <summary>Whether the phrase begins at this word of a text.</summary>
    public bool StandsAt(List<(string Word, int Start, int End)> text, int at)
    {
        if (at + Tokens.Count > text.Count) return false;
        for (var i = 0; i < Tokens.Count; i++)
        {
            var word = text[at + i].Word;
            var isLast = i == Tokens.Count - 1;
            if (isLast && Prefix ? !word.StartsWith(Tokens[i], StringComparison.Ordinal) : word != Tokens[i]) return false;
        }

        return true;
    }

    internal override void CollectWanted(SearchField field, List<TextQuery> wanted)
    {
        if (Field == SearchField.Any || field == SearchField.Any || Field == field) wanted.Add(this);
    }
}

/// <summary>All of them.</summary>
sealed record AndQuery(IReadOnlyList<SearchQuery> Queries) : SearchQuery
{
    internal override void CollectWanted(SearchField field, List<TextQuery> wanted)
    {
        foreach (var query in Queries) query.CollectWanted(field, wanted);
    }
}

/// <summary>Any of them.</summary>
sealed record OrQuery(IReadOnlyList<SearchQuery> Queries) : SearchQuery
{
    internal override void CollectWanted(SearchField field, List<TextQuery> wanted)
    {
        foreach (var query in Queries) query.CollectWanted(field, wanted);
    }
}

/// <summary>Whatever does not match it.</summary>
sealed record NotQuery(SearchQuery Query) : SearchQuery
{
    internal override void CollectWanted(SearchField field, List<TextQuery> wanted)
    {
    }
}

/// <summary>Nothing.</summary>
sealed record NothingQuery : SearchQuery
{
    internal override void CollectWanted(SearchField field, List<TextQuery> wanted)
    {
    }
}
