using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Follows the states of every account a person reaches, for all kinds of push. RFC 8620 §7. What is told is always read
/// anew from the database, so that a lost wake-up costs time and nothing else.
/// </summary>
sealed class StateWatch(Database database, ChangeFeed feed, JmapMethodTable table, TimeProvider time)
{
    /// <summary>
    /// Begins to follow. <paramref name="position"/> is where an earlier reader stood (it is told at once what changed
    /// since), or null to begin now. <paramref name="types"/> null means all.
    /// </summary>
    public async ValueTask<StateReader> Begin(Caller caller, IReadOnlySet<DataType>? types, StatePosition? position, CancellationToken cancellation)
    {
        // First the feed, then the states: what commits in between is told of, never missed.
        var subscription = feed.Subscribe();
        try
        {
            return new StateReader(this, caller, types, subscription, position ?? await Now(caller, cancellation), isBehind: position is not null, time);
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    /// <summary>Where a reader stands who knows everything up to now.</summary>
    public async ValueTask<StatePosition> Now(Caller caller, CancellationToken cancellation) => Latest(await States(caller, cancellation));

    /// <summary>What is beyond a position, or null when nothing of these types is; and where the reader then stands.</summary>
    public async ValueTask<(StateChange? Change, StatePosition Position)> Since(Caller caller, IReadOnlySet<DataType>? types, StatePosition position, CancellationToken cancellation)
    {
        var states = await States(caller, cancellation);
        var changed = new Dictionary<AccountId, IReadOnlyDictionary<DataType, Sequence>>();
        foreach (var (account, rights, known) in states)
        {
            var newer = new Dictionary<DataType, Sequence>();
            foreach (var (type, seq) in known)
                if (seq > position[account.Id] && types?.Contains(type) != false && IsTold(caller, account, rights, type))
                    newer[type] = seq;
            if (newer.Count > 0) changed[account.Id] = newer;
        }

        var latest = Latest(states);
        var objects = await Pushed(caller, types, position, latest, states, cancellation);
        return (changed.Count + objects.Count == 0 ? null : new StateChange(changed, objects), latest);
    }

    /// <summary>What modules push to the person themselves.</summary>
    async ValueTask<List<JsonObject>> Pushed(
        Caller caller, IReadOnlySet<DataType>? types, StatePosition position, StatePosition latest, List<(Account Account, Rights Rights, Dictionary<DataType, Sequence> Known)> states, CancellationToken cancellation)
    {
        var objects = new List<JsonObject>();
        var (own, rights, known) = states.Find(state => state.Account.Id == caller.Person);
        if (own is null) return objects;
        foreach (var (type, (capability, find)) in table.Pushed)
        {
            if (known.GetValueOrDefault(type) <= position[own.Id] || types?.Contains(type) == false || table.Capabilities[capability].PerAccount(caller, own, rights) is null) continue;
            objects.AddRange(await find(caller, position[own.Id], latest[own.Id], cancellation));
        }

        return objects;
    }

    /// <summary>A type is told of where the account has its capability for this caller, as in the session.</summary>
    bool IsTold(Caller caller, Account account, Rights rights, DataType type) =>
        table.Types.TryGetValue(type, out var capability) && table.Capabilities[capability].PerAccount(caller, account, rights) is not null;

    static StatePosition Latest(List<(Account Account, Rights, Dictionary<DataType, Sequence> Known)> states) =>
        new(states.ToDictionary(s => s.Account.Id, s => s.Known.Count == 0 ? default : s.Known.Values.Max()));

    ValueTask<List<(Account Account, Rights Rights, Dictionary<DataType, Sequence> Known)>> States(Caller caller, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var accounts = await Access.Reachable(scope, caller);
            if (await AccountTable.Find(scope, caller.Person) is { Disabled: false } own) accounts.Add((own, Rights.Owner));
            var states = await AccountTable.States(scope, [.. accounts.Select(a => a.Account.Id).Distinct()]);
            return accounts.DistinctBy(a => a.Account.Id).Select(a => (a.Account, a.Whole, states[a.Account.Id])).ToList();
        }, cancellation);
}
