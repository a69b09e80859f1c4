using System.Net;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Bastide.Platform.Settings;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Growing delays after wrong attempts. What waits is the pair of account and remote address, never the account itself:
/// an attempt from an address that did not fail goes through whatever others did, so nobody can be locked out by a
/// stranger. Two more counts make the pair's delay harsher: an account that many addresses fail on gives each of them a
/// single attempt (browsers and addresses it knows keep theirs), and an address that fails on many accounts waits for all.
/// An IPv6 address counts with its /64. Counts are kept in the database, so that a restart or another node is no way round.
/// </summary>
sealed class Throttle(Database database, Limiter limiter, BastideSettings settings, TimeProvider time)
{
    const int FreeOfPair = 5;
    const int FreeOfAddress = 30;
    const int AccountUnderAttack = 20;
    static readonly ConcurrencyLimit AtOnce = new("sign-in", 3);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>A failure is forgotten after this time without another.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>
    /// Begins an attempt. The answer is disposed when it is over; a null one says how long to wait instead.
    /// </summary>
    /// <param name="who">The account, or the name typed when there is no such account.</param>
    /// <param name="remote">Where it comes from.</param>
    /// <param name="isKnown">Whether the account signed in from this browser or address before.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<(IDisposable? Attempt, TimeSpan RetryAfter)> Begin(string who, IPAddress remote, bool isKnown, CancellationToken cancellation)
    {
        if (settings.TestNoLimits) return (new Nothing(), TimeSpan.Zero);
        var (pair, address, account) = Keys(who, remote);
        var failures = await database.Read(scope => FailureTable.Of(scope, [pair, address, account]), cancellation);
        var now = time.GetUtcNow();
        long Count(string key) => failures.TryGetValue(key, out var f) && now - f.LastAt < Memory ? f.Failures : 0;

        var isUnderAttack = !isKnown && Count(account) >= AccountUnderAttack;
        var ofPair = Wait(Count(pair), isUnderAttack ? 1 : FreeOfPair, TimeSpan.FromSeconds(isUnderAttack ? 30 : 2));
        var ofAddress = isKnown ? TimeSpan.Zero : Wait(Count(address), FreeOfAddress, TimeSpan.FromSeconds(2));
        var wait = Max(
            failures.TryGetValue(pair, out var p) ? p.LastAt + ofPair - now : TimeSpan.Zero,
            failures.TryGetValue(address, out var a) ? a.LastAt + ofAddress - now : TimeSpan.Zero);
        if (wait > TimeSpan.Zero) return (null, wait);

        // Attempts that run at once would all be let in before the first is counted.
        return limiter.TryEnter(AtOnce, pair) is { } attempt ? (attempt, TimeSpan.Zero) : (null, TimeSpan.FromSeconds(1));
    }

    /// <summary>Counts a wrong attempt, in the transaction that writes it to the audit log.</summary>
    public ValueTask Failed(WriteScope scope, string who, IPAddress remote)
    {
        var (pair, address, account) = Keys(who, remote);
        var now = time.GetUtcNow();
        return FailureTable.Add(scope, [pair, address, account], now, now - Memory);
    }

    /// <summary>Forgets the wrong attempts of the pair: the person got it right.</summary>
    public async ValueTask Succeeded(string who, IPAddress remote, CancellationToken cancellation)
    {
        var (pair, _, _) = Keys(who, remote);
        if ((await database.Read(scope => FailureTable.Of(scope, [pair]), cancellation)).Count == 0) return;
        await database.Write(scope => FailureTable.Forget(scope, pair), cancellation);
    }

    static TimeSpan Wait(long failures, int free, TimeSpan first)
    {
        if (failures < free) return TimeSpan.Zero;
        var doublings = (int)Math.Min(failures - free, 20);
        return TimeSpan.FromTicks(Math.Min(Longest.Ticks, first.Ticks << doublings));
    }

    static (string Pair, string Address, string Account) Keys(string who, IPAddress remote)
    {
        var address = Limiter.KeyOf(remote);
        return ($"p:{who}|{address}", $"r:{address}", $"a:{who}");
    }

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
