using System.Net;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Bastide.Platform.Settings;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Growing delays after wrong attempts. What waits is the pair of account and remote address (of account and browser, where
/// the account knows it: a neighbour behind the same address is a stranger), never the account itself: an attempt from an
/// address that did not fail goes through whatever others did, so nobody can be locked out by a stranger. Two more counts make the pair's delay harsher: an account that many addresses fail on gives each of them a
/// single attempt (browsers and addresses it knows keep theirs), and an address that fails on many accounts waits for all.
/// Wrong codes of the second factor are counted for the account, whatever the address, and no right password forgets them:
/// only who has the password can be wrong there. An IPv6 address counts with its /64. Counts are kept in the database, so that a restart or another node is no way round.
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
    /// <param name="origin">Where it comes from.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<(IDisposable? Attempt, TimeSpan RetryAfter)> Begin(string who, SignInOrigin origin, CancellationToken cancellation)
    {
        if (settings.TestNoLimits) return (new Nothing(), TimeSpan.Zero);
        var (pair, address, account) = Keys(who, origin);
        var failures = await database.Read(scope => FailureTable.Of(scope, [pair, address, account]), cancellation);
        var now = time.GetUtcNow();
        long Count(string key) => failures.TryGetValue(key, out var f) && now - f.LastAt < Memory ? f.Failures : 0;

        var isUnderAttack = !origin.IsKnown && Count(account) >= AccountUnderAttack;
        var ofPair = Wait(Count(pair), isUnderAttack ? 1 : FreeOfPair, TimeSpan.FromSeconds(isUnderAttack ? 30 : 2));
        var ofAddress = origin.IsKnown ? TimeSpan.Zero : Wait(Count(address), FreeOfAddress, TimeSpan.FromSeconds(2));
        var wait = Max(
            failures.TryGetValue(pair, out var p) ? p.LastAt + ofPair - now : TimeSpan.Zero,
            failures.TryGetValue(address, out var a) ? a.LastAt + ofAddress - now : TimeSpan.Zero);
        if (wait > TimeSpan.Zero) return (null, wait);

        return Enter(pair);
    }

    /// <summary>Begins an attempt at the second factor, as <see cref="Begin"/> does at the first.</summary>
    public async ValueTask<(IDisposable? Attempt, TimeSpan RetryAfter)> BeginCode(string who, SignInOrigin origin, CancellationToken cancellation)
    {
        if (settings.TestNoLimits) return (new Nothing(), TimeSpan.Zero);
        var key = CodeKey(who, origin);
        var failures = await database.Read(scope => FailureTable.Of(scope, [key]), cancellation);
        var now = time.GetUtcNow();
        if (failures.TryGetValue(key, out var failed) && now - failed.LastAt < Memory
            && failed.LastAt + Wait(failed.Failures, FreeOfPair, TimeSpan.FromSeconds(30)) - now is { Ticks: > 0 } wait) return (null, wait);
        return Enter(key);
    }

    /// <summary>Counts a wrong attempt, in the transaction that writes it to the audit log.</summary>
    public ValueTask Failed(WriteScope scope, string who, SignInOrigin origin)
    {
        var (pair, address, account) = Keys(who, origin);
        var now = time.GetUtcNow();
        return FailureTable.Add(scope, [pair, address, account], now, now - Memory);
    }

    /// <summary>Counts a wrong code, in the transaction that writes it to the audit log.</summary>
    public ValueTask FailedCode(WriteScope scope, string who, SignInOrigin origin)
    {
        var now = time.GetUtcNow();
        return FailureTable.Add(scope, [CodeKey(who, origin), Keys(who, origin).Address], now, now - Memory);
    }

    /// <summary>Forgets the wrong attempts of the pair: the person got it right.</summary>
    public ValueTask Succeeded(string who, SignInOrigin origin, CancellationToken cancellation) => Forget(Keys(who, origin).Pair, cancellation);

    /// <summary>Forgets the wrong codes: the person got it right.</summary>
    public ValueTask SucceededCode(string who, SignInOrigin origin, CancellationToken cancellation) => Forget(CodeKey(who, origin), cancellation);

    async ValueTask Forget(string key, CancellationToken cancellation)
    {
        if ((await database.Read(scope => FailureTable.Of(scope, [key]), cancellation)).Count == 0) return;
        await database.Write(scope => FailureTable.Forget(scope, key), cancellation);
    }

    // Attempts that run at once would all be let in before the first is counted.
    (IDisposable? Attempt, TimeSpan RetryAfter) Enter(string key) =>
        limiter.TryEnter(AtOnce, key) is { } attempt ? (attempt, TimeSpan.Zero) : (null, TimeSpan.FromSeconds(1));

    static TimeSpan Wait(long failures, int free, TimeSpan first)
    {
        if (failures < free) return TimeSpan.Zero;
        var doublings = (int)Math.Min(failures - free, 20);
        return TimeSpan.FromTicks(Math.Min(Longest.Ticks, first.Ticks << doublings));
    }

    static (string Pair, string Address, string Account) Keys(string who, SignInOrigin origin)
    {
        var address = Limiter.KeyOf(origin.Remote);
        return (origin.Device is { } device ? $"d:{who}|{device}" : $"p:{who}|{address}", $"r:{address}", $"a:{who}");
    }

    // Whoever found the password out shuts the owner's own places out no more than by guessing it.
    static string CodeKey(string who, SignInOrigin origin) => origin.IsKnown ? $"c:{who}|known" : $"c:{who}";

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
