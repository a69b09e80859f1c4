using System.Text.RegularExpressions;
using Bastide.Mail.Mime;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Search;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Store;

/// <summary>
/// Looks up which messages fulfil conditions that SQL cannot say: a text in To, Cc or Bcc (the index holds all recipients
/// as one; what it finds is looked at again), and header fields (kept in the message alone, which is opened).
/// </summary>
sealed partial class FilterResolver(ReadScope scope, AccountId account, MailRights rights, SearchIndex search, BlobStore blobs)
{
    /// <summary>The most messages that are opened for one query.</summary>
    public const int MostOpened = 5000;

    const int MostMatched = 50_000;
    const int HeadersAtOnce = 1000;

    /// <summary>The messages for each such condition; null when too many would have to be opened.</summary>
    public async ValueTask<IReadOnlyDictionary<EmailCondition, long[]>?> Resolve(EmailFilter? filter)
    {
        var resolved = new Dictionary<EmailCondition, long[]>();
        foreach (var condition in FilterFacts.Conditions(filter).Where(FilterFacts.AsksForRecipient))
            resolved.TryAdd(condition, await Recipients(condition));
        var headers = FilterFacts.Conditions(filter).Where(condition => condition.Header is not null).Distinct().ToList();
        if (headers.Count == 0) return resolved;
        if (await Universe(filter, resolved) is not { } universe) return null;
        foreach (var condition in headers)
        {
            var found = await WithHeader(condition.Header!, universe);
            resolved[condition] = resolved.TryGetValue(condition, out var other) ? [.. found.Intersect(other)] : found;
        }

        return resolved;
    }

    async ValueTask<long[]> Recipients(EmailCondition condition)
    {
        var asked = new List<(string Text, Func<MessageHeader, IReadOnlyList<MailAddress>?> Field)>();
        if (condition.To is { } to) asked.Add((to, header => header.To));
        if (condition.Cc is { } cc) asked.Add((cc, header => header.Cc));
        if (condition.Bcc is { } bcc) asked.Add((bcc, header => header.Bcc));
        var query = SearchQuery.And([.. asked.Select(a => SearchQuery.Words(a.Text, SearchField.Recipients))]);
        var candidates = await search.Match(scope, account, MailTypes.Email, query, MostMatched);
        var pieces = asked.ConvertAll(a => (Words: Pieces(a.Text), a.Field));
        var found = new List<long>();
        foreach (var page in candidates.Chunk(HeadersAtOnce))
            foreach (var (id, header) in await ContentTable.Headers(scope, page))
                if (pieces.TrueForAll(piece => Holds(piece.Field(header), piece.Words)))
                    found.Add(id);
        return [.. found];
    }

    static List<SearchQuery> Pieces(string text) =>
        [.. Piece().Matches(text).Select(match => SearchQuery.Words(match.Value, SearchField.Recipients)).Where(query => query != SearchQuery.Nothing)];

    static bool Holds(IReadOnlyList<MailAddress>? addresses, List<SearchQuery> words)
    {
        if (addresses is null || words.Count == 0) return false;
        var text = string.Join('\n', addresses.Select(address => $"{address.Name} {address.Email}"));
        return words.TrueForAll(word => SearchText.Marks(word, SearchField.Recipients, text).Count > 0);
    }

    /// <summary>What the rest of the filter leaves over; null when that is too much to open.</summary>
    async ValueTask<List<long>?> Universe(EmailFilter? filter, IReadOnlyDictionary<EmailCondition, long[]> resolved)
    {
        var rest = FilterSql.Conjuncts(filter).Select(WithoutHeader).OfType<EmailFilter>().ToList();
        var sql = new FilterSql(account, rights, search, EmailFilter.And(rest), resolved);
        var (text, args) = sql.All([], MostOpened + 1);
        var ids = await scope.List(QuerySql.Of(text), row => row.Long(0), args);
        return ids.Count > MostOpened ? null : ids;
    }

    static EmailFilter? WithoutHeader(EmailFilter filter)
    {
        if (filter is EmailCondition condition) return FilterFacts.AsksForRecipient(condition) && condition.Header is not null ? null : condition with { Header = null };
        return FilterFacts.Conditions(filter).Any(c => c.Header is not null) ? null : filter;
    }

    async ValueTask<long[]> WithHeader(HeaderCondition condition, List<long> universe)
    {
        var found = new List<long>();
        foreach (var page in universe.Chunk(200))
            foreach (var message in await ContentTable.Find(scope, account, page, withStructure: true))
                if (await HasHeader(message, condition))
                    found.Add(message.Row.Id);
        return [.. found];
    }

    async ValueTask<bool> HasHeader(StoredMessage message, HeaderCondition condition)
    {
        await using var stream = await blobs.Open(message.Row.Blob, scope.Cancellation);
        if (stream is null) return false;
        var fields = await HeaderFields.Read(stream, message.Structure!, scope.Cancellation);
        return fields.Any(field => field.Name.Equals(condition.Name, StringComparison.OrdinalIgnoreCase)
            && (condition.Value is null || HeaderForms.AsText(field.Value).Contains(condition.Value, StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+")]
    private static partial Regex Piece();
}
