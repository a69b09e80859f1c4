using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// One reader of state changes, at an event source or a WebSocket. Between two answers lies <see cref="Gap"/>, so that a
/// busy account gives a few events a second and not one for each commit. For one task at a time.
/// </summary>
sealed class StateReader : IDisposable
{
    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(5);
    readonly StateWatch _watch;
    readonly Caller _caller;
    readonly IReadOnlySet<DataType>? _types;
    readonly ChangeFeed.Subscription _subscription;
    readonly TimeProvider _time;
    bool _isBehind;
    long? _lastAnswer;

    internal StateReader(StateWatch watch, Caller caller, IReadOnlySet<DataType>? types, ChangeFeed.Subscription subscription, StatePosition position, bool isBehind, TimeProvider time)
    {
        _watch = watch;
        _caller = caller;
        _types = types;
        _subscription = subscription;
        Position = position;
        _isBehind = isBehind;
        _time = time;
    }

    /// <summary>Where the reader stands: behind what <see cref="Next"/> answered last.</summary>
    public StatePosition Position { get; private set; }

    /// <summary>Waits for the next change of these types and answers the states after it.</summary>
    public async ValueTask<StateChange> Next(CancellationToken cancellation)
    {
        if (_lastAnswer is { } last && _time.GetElapsedTime(last) is var passed && passed < Gap) await Task.Delay(Gap - passed, _time, cancellation);
        while (true)
        {
            if (_isBehind)
            {
                var (told, position) = await _watch.Since(_caller, _types, Position, cancellation);
                _isBehind = false;
                Position = position;
                if (told is not null)
                {
                    _lastAnswer = _time.GetTimestamp();
                    return told;
                }
            }

            _isBehind = await WakeUp(cancellation) is not { } change || Concerns(change);
            while (_subscription.Changes.TryRead(out var more)) _isBehind |= Concerns(more);
            _isBehind |= _subscription.TakeOverflow();
        }
    }

    /// <summary>The next wake-up; null after a long sleep, when it is time to look whether the person reaches more than before.</summary>
    async ValueTask<AccountChanged?> WakeUp(CancellationToken cancellation)
    {
        using var sleep = new CancellationTokenSource(LongestSleep, _time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, sleep.Token);
        try
        {
            return await _subscription.Changes.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>
    /// Makes the next <see cref="Next"/> read the states whatever the feed says: what the person reaches may have grown,
    /// which moves no sequence of theirs.
    /// </summary>
    public void LookAgain() => _isBehind = true;

    /// <summary>Leaves the feed.</summary>
    public void Dispose() => _subscription.Dispose();

    // An account without known types is "something": a wake-up from another process.
    bool Concerns(AccountChanged change) => Position.Knows(change.Account) || change.Types.Count == 0;
}
