using System.Text;
using Bastide.Fuzz.Workplace;
using Bastide.Mail;
using Bastide.Platform.Search;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// What a person types into the search: whatever it is, the index takes it, marks stand within the text, and a message with
/// the very words is found by them.
/// </summary>
static class Search
{
    // Of more words, and of what stands behind a \, a query says something else than the text.
    const int MostWords = 64;
    const long Item = 1_000_000;

    public static void Run(byte[] input) => Check(Encoding.UTF8.GetString(input)).GetAwaiter().GetResult();

    static async Task Check(string text)
    {
        var workplace = FuzzWorkplace.Fresh;
        var words = SearchText.Split(text);
        foreach (var (word, start, end) in words)
            Invariant.Holds(word.Length > 0 && start >= 0 && start < end && end <= text.Length, $"The word {word} stands from {start} to {end}");
        Invariant.Holds(SearchText.Fold(text) == string.Concat(words.Select(word => word.Word + " ")), $"{text} has other words where it is indexed");
        var query = SearchQuery.Words(text, lastIsPrefix: true);
        CheckMarks(query, text);
        TsExpression.OfQuery(workplace.Alice.Account, MailTypes.Email, query);
        var document = new SearchDocument(Item, Title: text, Body: text);
        TsExpression.OfDocument(workplace.Alice.Account, MailTypes.Email, document);
        // One of its own: what an index remembers of its words is undone with each run.
        var index = new SearchIndex(workplace.Database);
        var prepared = index.Prepare(workplace.Alice.Account, MailTypes.Email, [document]);
        var (all, phrase, none, part) = await workplace.Database.Write(async scope =>
        {
            await index.Put(scope, workplace.Alice.Account, MailTypes.Email, prepared);
            return (await Matches(query), await Matches(SearchQuery.Phrase(text, SearchField.Title)), await Matches(SearchQuery.Not(query)),
                await index.MayHold(scope, workplace.Alice.Account, MailTypes.Email, await index.Substring(scope, text), [Item]));

            async ValueTask<bool> Matches(SearchQuery asked) => (await index.Match(scope, workplace.Alice.Account, MailTypes.Email, asked, 10)).Contains(Item);
        }, CancellationToken.None);
        Invariant.Holds(part.Contains(Item), $"The index says that {text} is not within itself");
        if (query == SearchQuery.Nothing) Invariant.Holds(!all, $"Nothing finds {text}");
        else if (words.Count <= MostWords && !text.Contains('\\', StringComparison.Ordinal)) Invariant.Holds(all && !none && phrase, $"{text} is not found by itself");
    }

    static void CheckMarks(SearchQuery query, string text)
    {
        var after = 0;
        foreach (var (start, length) in SearchText.Marks(query, SearchField.Body, text))
        {
            Invariant.Holds(start >= after && length > 0 && start + length <= text.Length, $"A mark stands at {start} with {length} of {text.Length}");
            after = start + length;
        }
    }
}
