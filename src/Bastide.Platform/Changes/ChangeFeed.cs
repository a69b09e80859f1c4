using System.Collections.Concurrent;
using System.Threading.Channels;
using Bastide.Platform.Accounts;

namespace Bastide.Platform.Changes;

/// <summary>
/// Carries <see cref="AccountChanged"/> to every waiting reader of this process after the commit.
/// It carries wake-ups, never data: a reader re-reads from its sequence, so a lost or doubled
/// wake-up costs latency and nothing else.
/// </summary>
public sealed class ChangeFeed
{
    readonly ConcurrentDictionary<long, Subscription> _subscriptions = new();
    long _nextKey;

    /// <summary>Wakes the subscribers of the account. Called after the commit, never before.</summary>
    public void Publish(AccountChanged change)
    {
        foreach (var subscription in _subscriptions.Values)
            if (subscription.Wants(change))
                subscription.Offer(change);
    }

    /// <summary>
    /// Wakes everybody, because anything may have changed without being told (the line to other processes was down).
    /// </summary>
    public void PublishAnything()
    {
        foreach (var subscription in _subscriptions.Values) subscription.OfferAnything();
    }

    /// <summary>
    /// Begins to listen. With no accounts given, hears of every account (indexers, push).
    /// The subscription ends when it is disposed.
    /// </summary>
    public Subscription Subscribe(params AccountId[] accounts)
    {
        var key = Interlocked.Increment(ref _nextKey);
        var subscription = new Subscription(accounts, () => _subscriptions.TryRemove(key, out _));
        _subscriptions[key] = subscription;
        return subscription;
    }

    /// <summary>One reader's place at the feed. A slow reader loses the oldest wake-ups, and is told so by <see cref="TakeOverflow"/>.</summary>
    public sealed class Subscription : IDisposable
    {
        const int Capacity = 1024;
        readonly HashSet<AccountId>? _accounts;
        readonly Action _end;
        readonly Channel<AccountChanged> _channel;
        int _overflowed;

        internal Subscription(AccountId[] accounts, Action end)
        {
            _accounts = accounts.Length == 0 ? null : [.. accounts];
            _end = end;
            _channel = Channel.CreateBounded<AccountChanged>(
                new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest },
                _ => Interlocked.Exchange(ref _overflowed, 1));
        }

        /// <summary>The wake-ups, in the order of their commits for each account.</summary>
        public ChannelReader<AccountChanged> Changes => _channel.Reader;

        /// <summary>Whether wake-ups were dropped since the last call: then re-read everything from the sequence.</summary>
        public bool TakeOverflow() => Interlocked.Exchange(ref _overflowed, 0) == 1;

        internal bool Wants(AccountChanged change) => _accounts is null || _accounts.Contains(change.Account);

        internal void Offer(AccountChanged change) => _channel.Writer.TryWrite(change);

        internal void OfferAnything()
        {
            Interlocked.Exchange(ref _overflowed, 1);
            // One wake-up is enough for a reader of every account; it asks TakeOverflow and finds the rest by itself.
            foreach (var account in _accounts ?? [default]) Offer(new AccountChanged(account, [], default));
        }

        /// <summary>Leaves the feed.</summary>
        public void Dispose()
        {
            _end();
            _channel.Writer.TryComplete();
        }
    }
}
