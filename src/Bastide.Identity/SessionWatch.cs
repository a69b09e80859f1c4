using System.Collections.Concurrent;
using System.Net;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Identity;

/// <summary>
/// What this node knows of open sessions. A session is read once and then remembered; everything that ends one leaves a
/// numbered row in <c>revocations</c>, which this node forgets at once when it wrote it itself and within
/// <see cref="LookEvery"/> otherwise. While the rows cannot be read (or nobody follows them, as in a command), nothing
/// remembered is trusted and every question goes to the database.
/// </summary>
sealed class SessionWatch(Database database, TimeProvider time, ILogger<SessionWatch> logger) : BackgroundService
{
    /// <summary>How often the revocations of other nodes are looked for.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(400);

    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);
    static readonly TimeSpan ForgetUnusedAfter = TimeSpan.FromMinutes(10);
    readonly ConcurrentDictionary<long, LiveSession> _live = new();
    readonly ConcurrentDictionary<long, CancellationTokenSource> _revoked = new();
    readonly ConcurrentDictionary<long, (DateTimeOffset At, string Address)> _seen = new();
    long _known = -1;
    long _lookedAt;
    long _forgotten;

    /// <summary>Called for every account of which something was revoked, so that caches of credentials forget it too.</summary>
    public event Action<AccountId>? AccountForgotten;

    /// <summary>How often something was forgotten; what was read before a move may be stale.</summary>
    public long Version => Interlocked.Read(ref _forgotten);

    /// <summary>Whether what is remembered may be trusted now.</summary>
    public bool IsFollowing => Volatile.Read(ref _known) >= 0 && time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Trusted;

    /// <summary>The session when it is open and its account may be used; null otherwise.</summary>
    public async ValueTask<LiveSession?> Find(long id, CancellationToken cancellation)
    {
        if (IsFollowing && _live.TryGetValue(id, out var known))
        {
            known.UsedAt = time.GetTimestamp();
            return known;
        }

        while (true)
        {
            var version = Version;
            var read = await database.Read(scope => SessionTable.Live(scope, id), cancellation);
            if (read is null)
            {
                _live.TryRemove(id, out _);
                return null;
            }

            read.UsedAt = time.GetTimestamp();
            _live[id] = read;
            // Something was revoked while this was read: it may have been this one.
            if (version == Version) return read;
        }
    }

    /// <summary>Notes that a session is used; written later, and not more often than every few minutes.</summary>
    public void Seen(LiveSession session, IPAddress? remote)
    {
        var now = time.GetUtcNow();
        var address = remote is null ? session.LastAddress : TextOf(remote);
        if (now - session.LastSeenAt < SeenEvery && (address == session.LastAddress || session.Kind == SessionKind.Password)) return;
        session.LastSeenAt = now;
        session.LastAddress = address;
        _seen[session.Id] = (now, address);
    }

    /// <summary>Cancelled within a second after the session was revoked, on whatever node.</summary>
    public CancellationToken Revoked(long id)
    {
        if (_revoked.TryGetValue(id, out var known)) return known.Token;
        var source = _revoked.GetOrAdd(id, _ => new CancellationTokenSource());
        // It may have ended between the sign-in and this call, or since it was last asked for.
        _ = CheckNow(id);
        return source.Token;
    }

    /// <summary>Forgets what was revoked; called after the commit that did it.</summary>
    public void Forget(AccountId? account, long? session)
    {
        Interlocked.Increment(ref _forgotten);
        if (session is { } id)
        {
            _live.TryRemove(id, out _);
            Cancel(id);
        }

        if (account is not { } whole) return;
        AccountForgotten?.Invoke(whole);
        if (session is not null) return;
        foreach (var live in _live.Values)
            if (live.Account == whole)
                _live.TryRemove(live.Id, out _);
        _ = CheckAll();
    }

    /// <summary>Reads the session anew when it is next asked for; it stays open.</summary>
    public void Renew(long session)
    {
        Interlocked.Increment(ref _forgotten);
        _live.TryRemove(session, out _);
    }

    /// <summary>The text of an address as sessions keep it.</summary>
    public static string TextOf(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>Reads what other nodes revoked and forgets it.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        if (_known < 0)
        {
            _known = await database.Read(SessionTable.LastRevocation, cancellation);
            _live.Clear();
        }

        List<Revocation> revocations;
        do
        {
            revocations = await database.Read(scope => SessionTable.RevocationsAfter(scope, _known), cancellation);
            foreach (var revocation in revocations)
            {
                Forget(revocation.Account, revocation.Session);
                Volatile.Write(ref _known, revocation.Number);
            }
        }
        while (revocations.Count == 1000);
        Volatile.Write(ref _lookedAt, began);
    }

    /// <summary>Writes when sessions were last seen.</summary>
    public async Task WriteSeen(CancellationToken cancellation)
    {
        var seen = _seen.ToArray();
        if (seen.Length == 0) return;
        await database.Write(scope => SessionTable.Seen(scope, seen.Select(s => (s.Key, s.Value.At, s.Value.Address))), cancellation);
        foreach (var item in seen) _seen.TryRemove(item);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteSeen(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        for (var turn = 1; await Next(timer, stoppingToken); turn++)
        {
            try
            {
                await Look(stoppingToken);
                if (turn % 75 == 0) await WriteSeen(stoppingToken);
                if (turn % 750 == 0) ForgetUnused();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Revoked sessions could not be looked for; until they can, every request asks the database");
            }
        }
    }

    static async ValueTask<bool> Next(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    void ForgetUnused()
    {
        foreach (var live in _live.Values)
            if (time.GetElapsedTime(live.UsedAt) > ForgetUnusedAfter)
                _live.TryRemove(live.Id, out _);
    }

    void Cancel(long id)
    {
        // Cancelled off this thread: what waits for it may take its time, and the writer does not.
        if (_revoked.TryRemove(id, out var source)) _ = source.CancelAsync();
    }

    async Task CheckAll()
    {
        foreach (var id in _revoked.Keys) await CheckNow(id);
    }

    async Task CheckNow(long id)
    {
        try
        {
            if (await Find(id, CancellationToken.None) is null) Cancel(id);
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Whether session {Session} is still open could not be asked", id);
        }
    }
}
