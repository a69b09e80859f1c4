using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Platform.Search;

/// <summary>
/// A query in the language of FTS5. Every document carries a word for its account and type, which no text can hold;
/// it bounds each query, and stands for "everything" where FTS5, whose NOT has two sides, needs something to take from.
/// </summary>
static class FtsExpression
{
    public static string Owner(AccountId account, DataType type) => FormattableString.Invariant($"\u00A4{account.Value}{type.Name.ToLowerInvariant()}");

    public static string Of(AccountId account, DataType type, SearchQuery query)
    {
        var everything = $"owner : \"{Owner(account, type)}\"";
        var text = new StringBuilder();
        text.Append(everything).Append(" AND ");
        Write(text, query, everything);
        return text.ToString();
    }

    static void Write(StringBuilder text, SearchQuery query, string everything)
    {
        switch (query)
        {
            case TextQuery phrase:
                if (phrase.Field != SearchField.Any) text.Append(Column(phrase.Field)).Append(" : ");
                text.Append('"').AppendJoin(' ', phrase.Tokens).Append('"');
                if (phrase.Prefix) text.Append(" *");
                break;
            case OrQuery or:
                Join(text, or.Queries, " OR ", everything);
                break;
            case AndQuery and:
                WriteAnd(text, and, everything);
                break;
            case NotQuery not:
                text.Append('(').Append(everything).Append(" NOT ");
                Write(text, not.Query, everything);
                text.Append(')');
                break;
            default:
                text.Append("owner : \"\u00A4\"");
                break;
        }
    }

    static void WriteAnd(StringBuilder text, AndQuery and, string everything)
    {
        var wanted = and.Queries.Where(q => q is not NotQuery).ToList();
        var unwanted = and.Queries.OfType<NotQuery>().Select(q => q.Query).ToList();
        if (unwanted.Count > 0) text.Append('(');
        if (wanted.Count > 0) Join(text, wanted, " AND ", everything);
        else text.Append(everything);
        if (unwanted.Count == 0) return;
        text.Append(" NOT ");
        Join(text, unwanted, " OR ", everything);
        text.Append(')');
    }

    static void Join(StringBuilder text, IReadOnlyList<SearchQuery> queries, string with, string everything)
    {
        text.Append('(');
        for (var i = 0; i < queries.Count; i++)
        {
            if (i > 0) text.Append(with);
            Write(text, queries[i], everything);
        }

        text.Append(')');
    }

    static string Column(SearchField field) => field switch
    {
        SearchField.Title => "title",
        SearchField.Sender => "sender",
        SearchField.Recipients => "recipients",
        SearchField.Body => "body",
        _ => "names",
    };
}
