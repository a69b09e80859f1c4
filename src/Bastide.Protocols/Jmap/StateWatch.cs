using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap;

/// <summary>Follows the states of every account a person reaches, for all kinds of push. RFC 8620 §7.</summary>
sealed class StateWatch(Database database, ChangeFeed feed, JmapMethodTable table)
{
    /// <summary>
    /// Begins to follow. <paramref name="position"/> is where an earlier reader stood (it is told at once what changed
    /// since), or empty to begin now. <paramref name="types"/> null means all.
    /// </summary>
    public async ValueTask<Reader> Begin(Caller caller, IReadOnlySet<DataType>? types, string position, CancellationToken cancellation)
    {
        var wanted = table.Types.Keys.Where(type => types?.Contains(type) != false).ToHashSet();
        // First the feed, then the states: what commits in between is told of, never missed.
        var subscription = feed.Subscribe();
        try
        {
            var reader = new Reader(this, caller, wanted, subscription);
            await reader.Start(ParsePosition(position), cancellation);
            return reader;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    async ValueTask<Dictionary<AccountId, Dictionary<DataType, Sequence>>> States(Caller caller, CancellationToken cancellation) =>
        await database.Read(async scope =>
        {
            var states = new Dictionary<AccountId, Dictionary<DataType, Sequence>> { [caller.Person] = await AccountTable.States(scope, caller.Person) };
            foreach (var (account, _) in await Access.Reachable(scope, caller)) states[account.Id] = await AccountTable.States(scope, account.Id);
            return states;
        }, cancellation);

    /// <summary>A position is the sequence of each account: <c>a1:42.a7:9</c>. What cannot be read is no position.</summary>
    static Dictionary<AccountId, Sequence>? ParsePosition(string position)
    {
        if (position.Length is 0 or > 20_000) return null;
        var known = new Dictionary<AccountId, Sequence>();
        foreach (var part in position.Split('.'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !AccountId.TryParse(part[..colon], null, out var account) || !Sequence.TryParse(part[(colon + 1)..], null, out var seq)) return null;
            known[account] = seq;
        }

        return known;
    }

    /// <summary>One reader.</summary>
    public sealed class Reader : IAsyncDisposable
    {
        readonly StateWatch _watch;
        readonly Caller _caller;
        readonly HashSet<DataType> _types;
        readonly ChangeFeed.Subscription _subscription;
        Dictionary<AccountId, Sequence> _told = [];
        StateChange? _pending;

        internal Reader(StateWatch watch, Caller caller, HashSet<DataType> types, ChangeFeed.Subscription subscription)
        {
            _watch = watch;
            _caller = caller;
            _types = types;
            _subscription = subscription;
        }

        internal async ValueTask Start(Dictionary<AccountId, Sequence>? position, CancellationToken cancellation)
        {
            var states = await _watch.States(_caller, cancellation);
            if (position is null)
            {
                _told = states.ToDictionary(s => s.Key, s => Highest(s.Value));
                return;
            }

            _told = position;
            _pending = Difference(states);
        }

        /// <summary>Waits for the next change and answers the states after it.</summary>
        public async ValueTask<StateChange> Next(CancellationToken cancellation)
        {
            while (true)
            {
                if (_pending is { } pending)
                {
                    _pending = null;
                    return pending;
                }

                var change = await _subscription.Changes.ReadAsync(cancellation);
                var relevant = change.Types.Count == 0 || _told.ContainsKey(change.Account);
                while (_subscription.Changes.TryRead(out var more)) relevant |= more.Types.Count == 0 || _told.ContainsKey(more.Account);
                if (_subscription.TakeOverflow() || relevant) _pending = Difference(await _watch.States(_caller, CancellationToken.None));
            }
        }

        /// <summary>What is beyond what was told; notes it as told.</summary>
        StateChange? Difference(Dictionary<AccountId, Dictionary<DataType, Sequence>> states)
        {
            var changed = new Dictionary<AccountId, IReadOnlyDictionary<DataType, Sequence>>();
            foreach (var (account, types) in states)
            {
                var since = _told.GetValueOrDefault(account);
                var newer = types.Where(t => t.Value > since && _types.Contains(t.Key)).ToDictionary(t => t.Key, t => t.Value);
                if (newer.Count > 0) changed[account] = newer;
                var highest = Highest(types);
                if (highest > since) _told[account] = highest;
            }

            return changed.Count == 0 ? null : new StateChange(changed, string.Join('.', _told.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Key}:{t.Value}"))));
        }

        static Sequence Highest(Dictionary<DataType, Sequence> states) => states.Count == 0 ? default : states.Values.Max();

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            _subscription.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
