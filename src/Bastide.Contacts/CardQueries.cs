using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;

namespace Bastide.Contacts;

/// <summary>
/// Finds cards: every filter and sort of RFC 9610 §3.3. Names, addresses of mail and telephone numbers are found by any part
/// of them; the rest of what a card says by its words, from the search index, which is brought up to date before it is asked.
/// </summary>
public sealed class CardQueries(Database database, SearchIndex search, Indexer indexer)
{
    const int MostChanges = 5000;

    /// <summary>The cards that the caller may see and that fulfil the filter, in order.</summary>
    public async ValueTask<CardQueryResult> Query(Caller caller, AccountId account, CardFilter? filter, IReadOnlyList<CardSort> sort, CancellationToken cancellation)
    {
        if (CardFinder.AsksIndex(filter)) await indexer.CatchUp(account, ContactTypes.ContactCard, cancellation);
        return await database.Snapshot(async scope =>
        {
            var state = await AccountTable.State(scope, account, ContactTypes.ContactCard);
            var rights = await ContactRights.Of(scope, caller, account);
            if (rights.SeesNothing) return new CardQueryResult(state, []);
            var finder = new CardFinder(scope, account, rights, search);
            var found = await finder.Find(filter, sort);
            return new CardQueryResult(state, found) { TooBroad = finder.TooBroad, CanCalculateChanges = !CardFinder.AsksIndex(filter) };
        }, cancellation);
    }

    /// <summary>What changed in the results since a state (RFC 8620 §5.6); null when it cannot be told.</summary>
    public async ValueTask<CardQueryChanges?> Changes(Caller caller, AccountId account, CardFilter? filter, IReadOnlyList<CardSort> sort, Sequence since, CancellationToken cancellation)
    {
        // What the index finds hangs on more than the cards that changed: on when they were indexed.
        if (CardFinder.AsksIndex(filter)) return null;
        return await database.Snapshot<CardQueryChanges?>(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            var changes = await CardTable.Items.Since(scope, account, since, MostChanges);
            if (changes is null or { HasMore: true } || rights.SeesNothing) return null;
            var touched = new HashSet<long>([.. changes.Created, .. changes.Updated, .. changes.Destroyed]);
            var found = await new CardFinder(scope, account, rights, search).Find(filter, sort);
            var added = found.Select((id, index) => (id, (long)index)).Where(item => touched.Contains(item.id)).ToList();
            return new CardQueryChanges(changes.New, found.Count, [.. touched.Except(changes.Created)], added);
        }, cancellation);
    }
}
