using System.Globalization;
using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Platform.Search;

/// <summary>
/// Documents and queries in the language of PostgreSQL's <c>tsvector</c> and <c>tsquery</c>. Every word stands there
/// plainly, and those of the short fields once more with a mark that no text can hold (<c>t=word</c> in the title), so
/// that the index alone answers a query of one field; a weight would have every candidate looked up. Words of the body
/// have a weight, because marking them would double the index. The word for account and type is marked too.
/// PostgreSQL keeps positions up to 16,383: words beyond are found, phrases there are not.
/// </summary>
static class TsExpression
{
    const int LastPosition = 16_383;
    const int MostPositions = 255;
    const int GapBetweenFields = 8;

    // A tsvector holds 1 MiB.
    const int MostOctets = 900_000;

    public static string Owner(AccountId account, DataType type) => FormattableString.Invariant($"@{account.Value}{type.Name.ToLowerInvariant()}");

    public static string OfDocument(AccountId account, DataType type, SearchDocument document)
    {
        var words = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var position = 1;
        var octets = 0;
        foreach (var (field, content) in new[] { (SearchField.Title, document.Title), (SearchField.Sender, document.Sender), (SearchField.Recipients, document.Recipients), (SearchField.Names, document.Names) })
        {
            Collect(words, content, Mark(field), position, ref octets);
            position = Collect(words, content, "", position, ref octets) + GapBetweenFields;
        }

        var body = position;
        Collect(words, document.Body, "", position, ref octets);
        return Write(words, body, account, type);
    }

    public static string OfQuery(AccountId account, DataType type, SearchQuery query)
    {
        var text = new StringBuilder();
        text.Append('\'').Append(Owner(account, type)).Append("' & ");
        Write(text, query, account, type);
        return text.ToString();
    }

    static string Write(Dictionary<string, List<int>> words, int body, AccountId account, DataType type)
    {
        var text = new StringBuilder(words.Count * 16);
        text.Append('\'').Append(Owner(account, type)).Append('\'');
        Span<char> digits = stackalloc char[8];
        foreach (var (word, positions) in words)
        {
            text.Append(" '").Append(word).Append('\'');
            for (var i = 0; i < positions.Count; i++)
            {
                Math.Min(positions[i], LastPosition).TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
                text.Append(i == 0 ? ':' : ',').Append(digits[..length]);
                // D, the weight of the body, is what stands without a letter.
                if (positions[i] < body) text.Append('A');
            }
        }

        return text.ToString();
    }

    /// <summary>Notes where each word of the field stands; answers the position after the last.</summary>
    static int Collect(Dictionary<string, List<int>> words, string field, string mark, int position, ref int octets)
    {
        Span<char> buffer = stackalloc char[WordReader.LongestWord + 2];
        mark.CopyTo(buffer);
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new WordReader(SearchText.Head(field), buffer[mark.Length..]);
        for (; reader.Next(); position++)
        {
            var word = buffer[..(mark.Length + reader.Word.Length)];
            if (!lookup.TryGetValue(word, out var positions))
            {
                octets += Encoding.UTF8.GetByteCount(word) + 6;
                if (octets > MostOctets) continue;
                lookup[word] = positions = [];
            }

            if (positions.Count >= MostPositions || octets >= MostOctets) continue;
            positions.Add(position);
            octets += 2;
        }

        return position;
    }

    static void Write(StringBuilder text, SearchQuery query, AccountId account, DataType type)
    {
        switch (query)
        {
            case TextQuery phrase:
                WritePhrase(text, phrase);
                break;
            case OrQuery or:
                Join(text, or.Queries, " | ", account, type);
                break;
            case AndQuery { Queries.Count: 0 }:
                text.Append('\'').Append(Owner(account, type)).Append('\'');
                break;
            case AndQuery and:
                Join(text, and.Queries, " & ", account, type);
                break;
            case NotQuery not:
                text.Append("!(");
                Write(text, not.Query, account, type);
                text.Append(')');
                break;
            default:
                text.Append("'@'");
                break;
        }
    }

    static void WritePhrase(StringBuilder text, TextQuery phrase)
    {
        var mark = Mark(phrase.Field);
        var weight = phrase.Field == SearchField.Body ? "D" : "";
        text.Append('(');
        for (var i = 0; i < phrase.Tokens.Count; i++)
        {
            var prefix = phrase.Prefix && i == phrase.Tokens.Count - 1 ? "*" : "";
            if (i > 0) text.Append(" <-> ");
            text.Append('\'').Append(mark).Append(phrase.Tokens[i]).Append('\'');
            if (prefix.Length + weight.Length > 0) text.Append(':').Append(prefix).Append(weight);
        }

        text.Append(')');
    }

    static void Join(StringBuilder text, IReadOnlyList<SearchQuery> queries, string with, AccountId account, DataType type)
    {
        text.Append('(');
        for (var i = 0; i < queries.Count; i++)
        {
            if (i > 0) text.Append(with);
            Write(text, queries[i], account, type);
        }

        text.Append(')');
    }

    static string Mark(SearchField field) => field switch
    {
        SearchField.Title => "t=",
        SearchField.Sender => "s=",
        SearchField.Recipients => "r=",
        SearchField.Names => "n=",
        _ => "",
    };
}
