using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>The one table behind every credential in use, and what every node must forget.</summary>
static class SessionTable
{
    /// <summary>How many idle sessions are looked at together.</summary>
    public const int IdlePage = 1000;

    /// <summary>How many of an account are read together.</summary>
    public const int LargestPage = 1000;

    const string Columns = """
        SELECT s.id, s.account_id, s.kind, s.client, s.client_id, s.authorization_id, s.parent_id, s.scopes,
               s.created_at, s.authenticated_at, s.last_seen_at, s.last_address
        FROM sessions s
        """;

    static readonly Sql Insert = new("""
        INSERT INTO sessions (account_id, kind, client, client_id, authorization_id, parent_id, scopes, created_at, authenticated_at, last_seen_at, last_address)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10) RETURNING id
        """);

    static readonly Sql SelectLive = new("""
        SELECT s.account_id, s.kind, s.scopes, s.client_id, s.last_seen_at, s.last_address, d.address, s.authenticated_at
        FROM sessions s JOIN accounts a ON a.id = s.account_id
             JOIN addresses d ON d.account_id = s.account_id AND d.is_primary = TRUE
        WHERE s.id = $1 AND s.ended_at IS NULL AND a.disabled = FALSE
        """);

    static readonly Sql SelectOfAccount = new(Columns + " WHERE s.account_id = $1 AND s.ended_at IS NULL ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 1000");

    static readonly Sql SelectPage = new(Columns + " WHERE s.account_id = $1 AND s.ended_at IS NULL AND s.id < $2 ORDER BY s.id DESC LIMIT $3");

    static readonly Sql SelectMore = new("SELECT 1 FROM sessions WHERE account_id = $1 AND ended_at IS NULL LIMIT 1 OFFSET $2");

    static readonly Sql SelectBeyond = new(Columns + " WHERE s.account_id = $1 AND s.kind <> 2 AND s.ended_at IS NULL ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 100 OFFSET $2");

    static readonly Sql SelectOne = new(Columns + " WHERE s.id = $1 AND s.ended_at IS NULL");

    static readonly Sql SelectChildren = new(Columns + " WHERE s.parent_id = $1 AND s.ended_at IS NULL LIMIT 1000");

    static readonly Sql SelectByAuthorization = new("SELECT id FROM sessions WHERE authorization_id = $1 AND ended_at IS NULL");

    static readonly Sql SelectPassword = new("""
        SELECT id FROM sessions WHERE account_id = $1 AND kind = 3 AND client = $2 AND last_address = $3 AND ended_at IS NULL ORDER BY id DESC LIMIT 1
        """);

    static readonly Sql UpdateEnded = new("UPDATE sessions SET ended_at = $2 WHERE id {any $1} AND ended_at IS NULL");

    static readonly Sql UpdateSeen = new("UPDATE sessions SET last_seen_at = $2, last_address = $3 WHERE id = $1 AND last_seen_at < $2");

    static readonly Sql UpdateAuthenticated = new("UPDATE sessions SET authenticated_at = $2 WHERE id = $1");

    static readonly Sql DeleteAppPasswords = new("DELETE FROM app_passwords WHERE session_id {any $1}");

    static readonly Sql RevokeAuthorizations = new("UPDATE oidc_authorizations SET status = 'revoked', concurrency_token = $2 WHERE id {any $1}");

    static readonly Sql RevokeTokens = new("UPDATE oidc_tokens SET status = 'revoked', concurrency_token = $2 WHERE authorization_id {any $1} AND status <> 'redeemed'");

    static readonly Sql Count = new("UPDATE revocation_counter SET value = value + 1 WHERE id = 1 RETURNING value");

    static readonly Sql InsertRevocation = new("INSERT INTO revocations (number, account_id, session_id, at) VALUES ($1, $2, $3, $4)");

    static readonly Sql SelectRevocations = new("SELECT number, account_id, session_id FROM revocations WHERE number > $1 ORDER BY number LIMIT 1000");

    static readonly Sql SelectLastRevocation = new("SELECT value FROM revocation_counter WHERE id = 1");

    static readonly Sql PruneRevocations = new("DELETE FROM revocations WHERE at < $1");

    static readonly Sql PruneEnded = new("DELETE FROM sessions WHERE ended_at < $1");

    static readonly Sql SelectIdle = new("SELECT id FROM sessions WHERE kind = $1 AND last_seen_at < $2 AND ended_at IS NULL ORDER BY id LIMIT 1000");

    public static async ValueTask<long> Add(WriteScope scope, Session session) =>
        (await scope.Long(
            Insert, session.Account, session.Kind, session.Client, session.ClientId, session.AuthorizationId, session.Parent, session.Scopes,
            session.CreatedAt, session.AuthenticatedAt, session.LastAddress))!.Value;

    /// <summary>The session when it has not ended and its account may be used.</summary>
    public static ValueTask<LiveSession?> Live(ReadScope scope, long id) => scope.First(SelectLive, row => new LiveSession(
        id, new AccountId(row.Long(0)), row.Text(6), (SessionKind)row.Int(1), Scopes.Parse(row.Text(2)), row.TextOrNull(3), row.Time(7), row.Time(4), row.Text(5)), id);

    /// <summary>The open ones of an account, the latest used first.</summary>
    public static ValueTask<List<Session>> Of(ReadScope scope, AccountId account) => scope.List(SelectOfAccount, Map, account);

    /// <summary>A page of the open ones of an account, from the newest to the oldest.</summary>
    public static ValueTask<List<Session>> Page(ReadScope scope, AccountId account, long before, int limit) => scope.List(SelectPage, Map, account, before, limit);

    /// <summary>Some of the open ones of an account, app passwords aside, beyond the latest used.</summary>
    public static async ValueTask<List<Session>> Beyond(ReadScope scope, AccountId account, int latest) =>
        // Nearly nobody has so many: whether there are is asked first, of the index alone.
        await scope.Any(SelectMore, account, latest) ? await scope.List(SelectBeyond, Map, account, latest) : [];

    public static ValueTask<Session?> Find(ReadScope scope, long id) => scope.First(SelectOne, Map, id);

    /// <summary>Those begun from this one.</summary>
    public static ValueTask<List<Session>> ChildrenOf(ReadScope scope, long id) => scope.List(SelectChildren, Map, id);

    public static ValueTask<long?> OfAuthorization(ReadScope scope, string authorization) => scope.Long(SelectByAuthorization, authorization);

    /// <summary>The open session of the account's password on a protocol from an address.</summary>
    public static ValueTask<long?> OfPassword(ReadScope scope, AccountId account, string client, string address) => scope.Long(SelectPassword, account, client, address);

    /// <summary>Ends them with their tokens and app passwords; what every node must hear is <see cref="Revoke"/>'s to tell.</summary>
    public static async ValueTask End(WriteScope scope, IReadOnlyCollection<Session> sessions, DateTimeOffset now)
    {
        if (sessions.Count == 0) return;
        var ids = sessions.Select(s => s.Id).ToArray();
        await scope.Execute(UpdateEnded, ids, now);
        await scope.Execute(DeleteAppPasswords, ids);
        var authorizations = sessions.Select(s => s.AuthorizationId).OfType<string>().ToArray();
        if (authorizations.Length == 0) return;
        var token = Guid.NewGuid().ToString();
        await scope.Execute(RevokeAuthorizations, authorizations, token);
        await scope.Execute(RevokeTokens, authorizations, token);
    }

    /// <summary>Tells every node to forget what it knows of a session, or of all of an account.</summary>
    public static async ValueTask Revoke(WriteScope scope, AccountId? account, long? session, DateTimeOffset now)
    {
        var number = await scope.Long(Count);
        await scope.Execute(InsertRevocation, number, account?.Value, session, now);
    }

    public static ValueTask<List<Revocation>> RevocationsAfter(ReadScope scope, long number) =>
        scope.List(SelectRevocations, row => new Revocation(row.Long(0), row.LongOrNull(1) is { } account ? new AccountId(account) : null, row.LongOrNull(2)), number);

    public static async ValueTask<long> LastRevocation(ReadScope scope) => (await scope.Long(SelectLastRevocation))!.Value;

    public static ValueTask Seen(WriteScope scope, IEnumerable<(long Id, DateTimeOffset At, string Address)> seen) =>
        scope.ExecuteMany(UpdateSeen, [.. seen.Select(s => new object?[] { s.Id, s.At, s.Address })]);

    /// <summary>The person proved again who they are.</summary>
    public static async ValueTask Authenticated(WriteScope scope, long id, DateTimeOffset now) => await scope.Execute(UpdateAuthenticated, id, now);

    public static async ValueTask Prune(WriteScope scope, DateTimeOffset revocationsBefore, DateTimeOffset endedBefore)
    {
        await scope.Execute(PruneRevocations, revocationsBefore);
        await scope.Execute(PruneEnded, endedBefore);
    }

    /// <summary>Some that were not used since.</summary>
    public static ValueTask<List<long>> Idle(ReadScope scope, SessionKind kind, DateTimeOffset before) => scope.List(SelectIdle, row => row.Long(0), kind, before);

    static Session Map(Row row) => new(
        row.Long(0), new AccountId(row.Long(1)), (SessionKind)row.Int(2), row.Text(3), row.TextOrNull(4), row.TextOrNull(5), row.LongOrNull(6), row.Text(7),
        row.Time(8), row.Time(9), row.Time(10), row.Text(11));
}
