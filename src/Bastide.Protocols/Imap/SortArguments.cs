namespace Bastide.Protocols.Imap;

/// <summary>What SORT asks for (RFC 5256 §3, RFC 5267 §3, RFC 5957 §3, RFC 9394 §3).</summary>
/// <param name="Criteria">What is sorted by, the first counting most.</param>
/// <param name="Search">Which messages, and what is told of them.</param>
public sealed record SortArguments(IReadOnlyList<SortCriterion> Criteria, SearchArguments Search)
{
    const int MostCriteria = 20;

    /// <summary>Reads them, to the end.</summary>
    public static SortArguments Parse(ImapArguments arguments)
    {
        var search = new SearchArguments { Key = new SearchKey.All() };
        if (arguments.TryKeyword("RETURN"))
        {
            arguments.Space();
            search = search.ReadReturn(arguments);
            arguments.Space();
        }

        var criteria = arguments.ListOf(Criterion);
        if (criteria.Count is 0 or > MostCriteria) throw new ImapSyntaxException($"SORT takes from 1 to {MostCriteria} sort keys");
        arguments.Space();
        return new SortArguments(criteria, search.ReadProgram(arguments));
    }

    static SortCriterion Criterion(ImapArguments arguments)
    {
        var word = arguments.Keyword();
        if (word != "REVERSE") return new SortCriterion(Key(word), IsReverse: false);
        arguments.Space();
        return new SortCriterion(Key(arguments.Keyword()), IsReverse: true);
    }

    static SortKey Key(string word) => word switch
    {
        "ARRIVAL" => SortKey.Arrival,
        "CC" => SortKey.Cc,
        "DATE" => SortKey.Date,
        "FROM" => SortKey.From,
        "SIZE" => SortKey.Size,
        "SUBJECT" => SortKey.Subject,
        "TO" => SortKey.To,
        "DISPLAYFROM" => SortKey.DisplayFrom,
        "DISPLAYTO" => SortKey.DisplayTo,
        _ => throw new ImapSyntaxException($"There is no sort key {word}"),
    };
}
