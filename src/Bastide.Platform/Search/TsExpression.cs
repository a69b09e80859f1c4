using System.Globalization;
using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Platform.Search;

/// <summary>
/// Documents and queries in the language of PostgreSQL's <c>tsvector</c> and <c>tsquery</c>. Four weights serve four
/// fields; the words of the fifth (names) carry a mark that no text can hold, and so does the word for account and type.
/// PostgreSQL keeps positions up to 16,383: words beyond are found, phrases there are not.
/// </summary>
static class TsExpression
{
    const char NameMark = '=';
    const int LastPosition = 16_383;
    const int MostPositions = 255;
    const int GapBetweenFields = 8;

    // A tsvector holds 1 MiB.
    const int MostOctets = 900_000;

    public static string Owner(AccountId account, DataType type) => FormattableString.Invariant($"@{account.Value}{type.Name.ToLowerInvariant()}");

    public static string OfDocument(AccountId account, DataType type, SearchDocument document)
    {
        var words = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        var position = 1;
        var octets = 0;
        Collect(words, document.Title, 'A', marked: false, ref position, ref octets);
        Collect(words, document.Sender, 'B', marked: false, ref position, ref octets);
        Collect(words, document.Recipients, 'C', marked: false, ref position, ref octets);
        Collect(words, document.Names, 'D', marked: true, ref position, ref octets);
        Collect(words, document.Body, 'D', marked: false, ref position, ref octets);
        var text = new StringBuilder(octets + 64);
        text.Append('\'').Append(Owner(account, type)).Append('\'');
        foreach (var (word, positions) in words)
            text.Append(" '").Append(word).Append("':").Append(positions, 0, positions.Length - 1);
        return text.ToString();
    }

    public static string OfQuery(AccountId account, DataType type, SearchQuery query)
    {
        var text = new StringBuilder();
        text.Append('\'').Append(Owner(account, type)).Append("' & ");
        Write(text, query, account, type);
        return text.ToString();
    }

    static void Collect(Dictionary<string, StringBuilder> words, string field, char weight, bool marked, ref int position, ref int octets)
    {
        Span<char> buffer = stackalloc char[WordReader.LongestWord + 1];
        buffer[0] = NameMark;
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new WordReader(SearchText.Head(field), buffer[1..]);
        while (reader.Next())
        {
            var word = marked ? buffer[..(reader.Word.Length + 1)] : reader.Word;
            if (!lookup.TryGetValue(word, out var positions))
            {
                octets += Encoding.UTF8.GetByteCount(word) + 6;
                if (octets > MostOctets) return;
                lookup[word] = positions = new StringBuilder(8);
            }

            // Each position takes up to eight characters here and two octets there.
            if (positions.Length < MostPositions * 8 && octets < MostOctets)
            {
                positions.Append(CultureInfo.InvariantCulture, $"{Math.Min(position, LastPosition)}{weight},");
                octets += 2;
            }

            position++;
        }

        position += GapBetweenFields;
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
        text.Append('(');
        var isAny = phrase.Field == SearchField.Any;
        if (phrase.Field != SearchField.Names) WriteWords(text, phrase, "", Weight(phrase.Field));
        if (isAny) text.Append(" | ");
        if (isAny || phrase.Field == SearchField.Names) WriteWords(text, phrase, "=", "");
        text.Append(')');
    }

    static void WriteWords(StringBuilder text, TextQuery phrase, string mark, string weight)
    {
        for (var i = 0; i < phrase.Tokens.Count; i++)
        {
            var prefix = phrase.Prefix && i == phrase.Tokens.Count - 1 ? "*" : "";
            if (i > 0) text.Append(" <-> ");
            text.Append('\'').Append(mark).Append(phrase.Tokens[i]).Append('\'');
            if (prefix.Length + weight.Length > 0) text.Append(':').Append(prefix).Append(weight);
        }
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

    static string Weight(SearchField field) => field switch
    {
        SearchField.Title => "A",
        SearchField.Sender => "B",
        SearchField.Recipients => "C",
        SearchField.Body => "D",
        _ => "",
    };
}
