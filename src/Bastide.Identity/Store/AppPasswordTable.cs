using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>App passwords, each with a session of its own.</summary>
static class AppPasswordTable
{
    static readonly Sql Insert = new("INSERT INTO app_passwords (secret_hash, session_id, account_id, label, scopes) VALUES ($1, $2, $3, $4, $5)");

    static readonly Sql Select = new("SELECT session_id FROM app_passwords WHERE secret_hash = $1 AND account_id = $2");

    static readonly Sql SelectOfAccount = new("""
        SELECT p.session_id, p.label, p.scopes, s.created_at, s.last_seen_at, s.last_address
        FROM app_passwords p JOIN sessions s ON s.id = p.session_id
        WHERE p.account_id = $1 AND s.ended_at IS NULL ORDER BY p.session_id DESC LIMIT 1000
        """);

    static readonly Sql Count = new("SELECT COUNT(*) FROM app_passwords WHERE account_id = $1");

    public static async ValueTask Add(WriteScope scope, byte[] hash, long session, AccountId account, string label, string scopes) =>
        await scope.Execute(Insert, hash, session, account, label, scopes);

    /// <summary>The session of the account's app password with this hash.</summary>
    public static ValueTask<long?> Find(ReadScope scope, AccountId account, byte[] hash) => scope.Long(Select, hash, account);

    public static ValueTask<List<AppPassword>> Of(ReadScope scope, AccountId account) => scope.List(
        SelectOfAccount, row => new AppPassword(row.Long(0), row.Text(1), row.Text(2), row.Time(3), row.Time(4), row.Text(5)), account);

    public static async ValueTask<long> CountOf(ReadScope scope, AccountId account) => (await scope.Long(Count, account))!.Value;
}
