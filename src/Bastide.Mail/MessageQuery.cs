using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;

namespace Bastide.Mail;

/// <summary>
/// Finds messages: every filter and sort of RFC 8621 §4.4. The newest of a mailbox come from one index, however many it
/// holds; text comes from the search index, which is brought up to date before it is asked.
/// </summary>
public sealed class MessageQuery(Database database, SearchIndex search, Indexer indexer, BlobStore blobs)
{
    const int MostChanges = 5000;

    static readonly Sql CountThreads = new("SELECT COUNT(*) FROM threads WHERE account_id = $1");

    /// <summary>The results, from a position or an anchor on (RFC 8620 §5.5).</summary>
    public async ValueTask<EmailQueryResult> Query(Caller caller, AccountId account, EmailQuery query, CancellationToken cancellation)
    {
        if (FilterFacts.AsksForText(query.Filter)) await indexer.CatchUp(account, MailTypes.Email, cancellation);
        return await database.Snapshot(async scope =>
        {
            var state = await AccountTable.State(scope, account, MailTypes.Email);
            var rights = await MailRights.Of(scope, caller, account);
            var empty = new EmailQueryResult(state, CanTellChanges(query), 0, [], query.CalculateTotal ? 0 : null);
            if (rights.SeesNothing) return query.Anchor is null ? empty : empty with { Failure = QueryFailure.AnchorNotFound };
            if (await Filter(scope, account, rights, query) is not { } filter)
                return empty with { Failure = QueryFailure.TooBroad, Description = $"A header field is looked for in {FilterResolver.MostOpened} messages at most: narrow the filter, by mailbox or time." };
            return await Find(scope, account, rights, filter, query, empty);
        }, cancellation);
    }

    /// <summary>
    /// What changed in the results since a state (RFC 8620 §5.6); null when it cannot be told: for a search of text, or
    /// when too much changed. <paramref name="maxChanges"/> bounds the answer.
    /// </summary>
    public async ValueTask<EmailQueryChanges?> Changes(Caller caller, AccountId account, EmailQuery query, Sequence since, long? upToId, int? maxChanges, CancellationToken cancellation)
    {
        // A mailbox and keywords change, so that upToId must not cut anything off (RFC 8620 §5.6).
        _ = upToId;
        if (!CanTellChanges(query)) return null;
        return await database.Snapshot(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            if (rights.SeesNothing || await Filter(scope, account, rights, query) is not { } filter) return null;
            var changes = await MessageTable.Items.Since(scope, account, since, MostChanges);
            if (changes is null or { HasMore: true }) return null;
            var (touched, threads) = await Touched(scope, account, query, changes);
            if (touched is null) return null;
            var matching = await Among(scope, account, rights, query, [.. touched]);
            var results = new ResultList(scope, filter, query);
            var found = new HashSet<long>();
            await results.ReadUntil(() => IsPlaced(results, found, matching, query));
            var removed = touched.Except(changes.Created).ToList();
            var added = new List<(long, long)>();
            for (var i = 0; i < results.Ids.Count; i++)
                if (touched.Contains(results.Ids[i]))
                    added.Add((results.Ids[i], i));
            var total = query.CalculateTotal ? await Total(scope, account, rights, filter, query) : (long?)null;
            var answer = new EmailQueryChanges(since, changes.New, total, removed, added);
            return removed.Count + added.Count > maxChanges ? answer with { Removed = [], Added = [], TooMany = true } : answer;
        }, cancellation);
    }

    /// <summary>What of a filter stands in the text of a match, to be marked in snippets (RFC 8621 §5); null when it asks for no text.</summary>
    public static SearchQuery? TextOf(EmailFilter? filter)
    {
        var wanted = Wanted(filter).ToList();
        return wanted.Count == 0 ? null : SearchQuery.Or([.. wanted]);
    }

    static IEnumerable<SearchQuery> Wanted(EmailFilter? filter)
    {
        if (filter is EmailFilterGroup { Operator: not EmailFilterOperator.Not } group)
        {
            foreach (var query in group.Filters.SelectMany(Wanted)) yield return query;
        }
        else if (filter is EmailCondition condition)
        {
            if (condition.Text is { } text) yield return SearchQuery.Words(text);
            if (condition.Subject is { } subject) yield return SearchQuery.Words(subject, SearchField.Title);
            if (condition.Body is { } body) yield return SearchQuery.Words(body, SearchField.Body);
            if (condition.From is { } from) yield return SearchQuery.Words(from, SearchField.Sender);
            foreach (var recipient in new[] { condition.To, condition.Cc, condition.Bcc }.OfType<string>()) yield return SearchQuery.Words(recipient, SearchField.Recipients);
        }
    }

    static bool CanTellChanges(EmailQuery query) => !FilterFacts.AsksForText(query.Filter);

    async ValueTask<FilterSql?> Filter(ReadScope scope, AccountId account, MailRights rights, EmailQuery query)
    {
        var resolved = await new FilterResolver(scope, account, rights, search, blobs).Resolve(query.Filter);
        return resolved is null ? null : new FilterSql(account, rights, search, query.Filter, resolved);
    }

    static async ValueTask<EmailQueryResult> Find(ReadScope scope, AccountId account, MailRights rights, FilterSql filter, EmailQuery query, EmailQueryResult empty)
    {
        var results = new ResultList(scope, filter, query);
        var needsTotal = query.CalculateTotal || (query.Anchor is null && query.Position < 0);
        var total = needsTotal ? await Total(scope, account, rights, filter, query) : 0;
        var position = query.Position < 0 ? Math.Max(0, total + query.Position) : query.Position;
        if (query.Anchor is { } anchor)
        {
            var index = await results.IndexOf(anchor);
            if (index < 0) return empty with { Failure = QueryFailure.AnchorNotFound };
            position = Math.Max(0, index + query.AnchorOffset);
        }

        var end = position + Math.Max(0, query.Limit);
        await results.ReadTo(end);
        var ids = position >= results.Ids.Count ? [] : results.Ids[(int)position..(int)Math.Min(end, results.Ids.Count)];
        return empty with { Position = position, Ids = ids, Total = query.CalculateTotal ? total : null };
    }

    static async ValueTask<long> Total(ReadScope scope, AccountId account, MailRights rights, FilterSql filter, EmailQuery query)
    {
        if (FilterFacts.OnlyMailbox(query.Filter) is { } mailbox && rights.May(Rights.Read, mailbox))
        {
            var row = (await MailboxTable.All(scope, account)).Find(row => row.Id == mailbox);
            return row is null ? 0 : query.CollapseThreads ? row.Counts.TotalThreads : row.Counts.TotalEmails;
        }

        if (!FilterSql.Conjuncts(query.Filter).Any() && rights.SeesAll)
        {
            return query.CollapseThreads
                ? (await scope.Long(CountThreads, account))!.Value
                : (await AccountTable.Usage(scope, account)).FirstOrDefault(usage => usage.Type == MailTypes.Email).Items;
        }

        var (sql, args) = filter.Count(query.CollapseThreads);
        return (await scope.Long(QuerySql.Of(sql), args))!.Value;
    }

    /// <summary>
    /// Every message whose place in the results may not be what it was, and the threads of them: the changed ones, and
    /// where the others of a thread matter, all of its messages.
    /// </summary>
    static async ValueTask<(HashSet<long>? Messages, HashSet<long> Threads)> Touched(ReadScope scope, AccountId account, EmailQuery query, ItemChanges changes)
    {
        var messages = new HashSet<long>([.. changes.Created, .. changes.Updated, .. changes.Destroyed]);
        var concernsThreads = query.CollapseThreads || FilterFacts.AsksForThread(query.Filter)
            || query.Sort.Any(by => by.Property is EmailSortProperty.AllInThreadHaveKeyword or EmailSortProperty.SomeInThreadHaveKeyword);
        if (!concernsThreads) return (messages, []);
        var rows = await MessageTable.Find(scope, account, [.. changes.Created, .. changes.Updated]);
        var threads = rows.Select(row => row.ThreadId).ToHashSet();
        // The state of threads may be older than the mail's: then none of them changed since.
        if (await AccountTable.State(scope, account, MailTypes.Thread) > changes.Old)
        {
            var threadChanges = await ThreadTable.Items.Since(scope, account, changes.Old, MostChanges);
            if (threadChanges is null or { HasMore: true }) return (null, []);
            threads.UnionWith([.. threadChanges.Created, .. threadChanges.Updated]);
        }

        foreach (var thread in await ThreadTable.Members(scope, account, [.. threads])) messages.UnionWith(thread);
        return (messages, threads);
    }

    async ValueTask<Dictionary<long, long>> Among(ReadScope scope, AccountId account, MailRights rights, EmailQuery query, long[] ids)
    {
        var filter = (await Filter(scope, account, rights, query))!;
        var (sql, args) = filter.Among(ids);
        return (await scope.List(QuerySql.Of(sql), row => (row.Long(0), row.Long(1)), args)).ToDictionary(row => row.Item1, row => row.Item2);
    }

    /// <summary>Whether every touched message that matches (of each thread one) has been read.</summary>
    static bool IsPlaced(ResultList results, HashSet<long> found, Dictionary<long, long> matching, EmailQuery query)
    {
        if (query.CollapseThreads) return matching.Values.All(results.Threads.Contains);
        found.UnionWith(results.Ids.Where(matching.ContainsKey));
        return found.Count == matching.Count;
    }
}
