using System.Globalization;
using Bastide.Identity.Credentials;
using Bastide.Identity.Oidc;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Identity;

/// <summary>
/// Ends what nobody uses any more and forgets what nobody will ask for: sessions whose cookie or refresh token has run
/// out, expired tokens, old failures and revocations, registrations that were never used. Everything is in pages, so
/// that no transaction grows with the workplace.
/// </summary>
sealed class IdentityHousekeeping(Database database, Sessions sessions, TimeProvider time) : IJobHandler
{
    static readonly TimeSpan EndedKept = TimeSpan.FromDays(90);
    static readonly TimeSpan RevocationsKept = TimeSpan.FromDays(1);
    static readonly TimeSpan DevicesKept = TimeSpan.FromDays(400);
    static readonly TimeSpan UnusedRegistrationKept = TimeSpan.FromDays(1);

    /// <summary>When a session of a kind is over by not being used; app passwords never are.</summary>
    static readonly (SessionKind Kind, TimeSpan After)[] Idle =
    [
        (SessionKind.Browser, TimeSpan.FromDays(31)),
        (SessionKind.Authorization, OidcServer.RefreshTokenLifetime + TimeSpan.FromDays(1)),
        (SessionKind.Password, TimeSpan.FromDays(31)),
    ];

    public string Kind => "identity-housekeeping";

    public int Concurrency => 1;

    public TimeSpan? Every => TimeSpan.FromHours(1);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var (kind, after) in Idle) await EndIdle(kind, now - after, cancellation);
        await Pages(scope => OidcTokenTable.PruneTokens(scope, now), cancellation);
        await Pages(scope => OidcTokenTable.PruneAuthorizations(scope, now - UnusedRegistrationKept), cancellation);
        await PruneRegistrations(now - UnusedRegistrationKept, cancellation);
        await database.Write(
            async scope =>
            {
                await SessionTable.Prune(scope, now - RevocationsKept, now - EndedKept);
                await FailureTable.Prune(scope, now - Throttle.Memory);
                await DeviceTable.Prune(scope, now - DevicesKept);
            },
            cancellation);
        return JobResult.Done;
    }

    async Task EndIdle(SessionKind kind, DateTimeOffset before, CancellationToken cancellation)
    {
        while (true)
        {
            var idle = await database.Read(scope => SessionTable.Idle(scope, kind, before), cancellation);
            foreach (var session in idle)
                await database.Write(async scope => await sessions.EndIdle(scope, session, before), cancellation);
            if (idle.Count < SessionTable.IdlePage) return;
        }
    }

    async Task PruneRegistrations(DateTimeOffset before, CancellationToken cancellation)
    {
        var after = "";
        while (true)
        {
            var unused = await database.Read(scope => OidcTokenTable.UnusedRegistrations(scope, Register.Prefix, after), cancellation);
            var old = unused.Where(registration => CreatedAt(registration.Properties) < before).Select(registration => registration.Id).ToArray();
            if (old.Length > 0) await database.Write(scope => OidcTokenTable.RemoveRegistrations(scope, old), cancellation);
            if (unused.Count < OidcTokenTable.Page) return;
            after = unused[^1].Id;
        }
    }

    async Task Pages(Func<WriteScope, ValueTask<int>> page, CancellationToken cancellation)
    {
        while (await database.Write(page, cancellation) == OidcTokenTable.Page) cancellation.ThrowIfCancellationRequested();
    }

    static DateTimeOffset CreatedAt(string? properties) =>
        properties is not null && System.Text.Json.Nodes.JsonNode.Parse(properties)?[Register.CreatedAt]?.ToString() is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : DateTimeOffset.MaxValue;
}
