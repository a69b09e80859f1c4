using Bastide.Abstractions.Jmap;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Push;

/// <summary>The push subscriptions (RFC 8620 §7.2), each of the session that made it.</summary>
sealed class PushSubscriptionTable(TimeProvider time) : IPushSubscriptions
{
    const string Columns = "id, device_client_id, url, p256dh, auth, verification_code, is_verified, expires_at, types, position, failures, not_before";

    static readonly Sql SelectOfSession = new($"SELECT {Columns} FROM push_subscriptions WHERE session_id = $1 AND account_id = $2 AND expires_at > $3 ORDER BY id LIMIT 1000");

    static readonly Sql CountOfAccount = new("SELECT COUNT(*) FROM push_subscriptions WHERE account_id = $1 AND expires_at > $2");

    static readonly Sql Insert = new("""
        INSERT INTO push_subscriptions (account_id, session_id, scopes, device_client_id, url, p256dh, auth, verification_code, is_verified, expires_at, types, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id
        """);

    static readonly Sql UpdateChanged = new("UPDATE push_subscriptions SET types = $2, expires_at = $3, is_verified = $4, position = $5 WHERE id = $1");

    static readonly Sql UpdateDelivered = new("UPDATE push_subscriptions SET position = $2, failures = $3, not_before = $4 WHERE id = $1");

    static readonly Sql Delete = new("DELETE FROM push_subscriptions WHERE id = $1");

    static readonly Sql SelectOne = new($"SELECT {Columns}, session_id, scopes FROM push_subscriptions WHERE id = $1 AND expires_at > $2");

    static readonly Sql SelectAll = new("SELECT id FROM push_subscriptions WHERE is_verified = TRUE AND id > $1 ORDER BY id LIMIT $2");

    static readonly Sql SelectConcerned = new("""
        SELECT id FROM (
            SELECT p.id FROM push_subscriptions p WHERE p.account_id {any $1} AND p.is_verified = TRUE AND p.id > $2
            UNION
            SELECT p.id FROM grants g JOIN push_subscriptions p ON p.account_id = g.grantee_id
            WHERE g.account_id {any $1} AND p.is_verified = TRUE AND p.id > $2
        ) concerned ORDER BY id LIMIT $3
        """);

    static readonly Sql DeleteEnded = new("""
        DELETE FROM push_subscriptions WHERE expires_at <= $1 OR session_id IN (SELECT s.id FROM sessions s WHERE s.ended_at IS NOT NULL)
        """);

    public async ValueTask<IReadOnlyList<PushSubscription>> Of(ReadScope scope, Caller caller) =>
        await scope.List(SelectOfSession, Map, caller.Session, caller.Person, time.GetUtcNow());

    public async ValueTask<long> Count(ReadScope scope, Caller caller) => await scope.Long(CountOfAccount, caller.Person, time.GetUtcNow()) ?? 0;

    public async ValueTask<long> Add(WriteScope scope, Caller caller, PushSubscription subscription) => (await scope.Long(
        Insert, caller.Person, caller.Session, Scopes.Join(caller.Scopes), subscription.DeviceClientId, subscription.Url.AbsoluteUri, subscription.Keys?.P256dh,
        subscription.Keys?.Auth, subscription.VerificationCode, subscription.IsVerified, subscription.Expires, Join(subscription.Types), subscription.Position))!.Value;

    public async ValueTask Change(WriteScope scope, PushSubscription subscription) =>
        await scope.Execute(UpdateChanged, subscription.Id, Join(subscription.Types), subscription.Expires, subscription.IsVerified, subscription.Position);

    public async ValueTask Delivered(WriteScope scope, PushSubscription subscription) =>
        await scope.Execute(UpdateDelivered, subscription.Id, subscription.Position, subscription.Failures, subscription.NotBefore);

    public async ValueTask Remove(WriteScope scope, long id) => await scope.Execute(Delete, id);

    public async ValueTask<PushTarget?> Find(ReadScope scope, long id)
    {
        var (subscription, sessionId, scopes) = await scope.First(SelectOne, row => (Map(row), row.Long(12), row.Text(13)), id, time.GetUtcNow());
        if (subscription is null || await SessionTable.Live(scope, sessionId) is not { } session) return null;
        return new PushTarget(session.Caller(Scopes.Parse(scopes)), subscription);
    }

    public async ValueTask<IReadOnlyList<long>> Concerned(ReadScope scope, IReadOnlyCollection<AccountId> accounts, long after, int limit) => accounts.Count == 0
        ? await scope.List(SelectAll, row => row.Long(0), after, limit)
        : await scope.List(SelectConcerned, row => row.Long(0), accounts.Select(account => account.Value).ToArray(), after, limit);

    public ValueTask<int> RemoveEnded(WriteScope scope) => scope.Execute(DeleteEnded, time.GetUtcNow());

    // A type's name holds no space: it is one of those that modules register, or it is never told of.
    static string? Join(IReadOnlyList<string>? types) => types is null ? null : string.Join(' ', types);

    static PushSubscription Map(Row row) => new()
    {
        Id = row.Long(0),
        DeviceClientId = row.Text(1),
        Url = new Uri(row.Text(2)),
        Keys = row.BytesOrNull(3) is { } p256dh && row.BytesOrNull(4) is { } auth ? new PushKeys(p256dh, auth) : null,
        VerificationCode = row.Text(5),
        IsVerified = row.Bool(6),
        Expires = row.Time(7),
        Types = row.TextOrNull(8)?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Position = row.Text(9),
        Failures = row.Int(10),
        NotBefore = row.TimeOrNull(11),
    };
}
