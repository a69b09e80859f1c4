using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>Browsers and addresses from which a person signed in before.</summary>
static class DeviceTable
{
    static readonly Sql Upsert = new("""
        INSERT INTO known_devices (token_hash, account_id, last_used_at) VALUES ($1, $2, $3)
        ON CONFLICT (token_hash) DO UPDATE SET account_id = excluded.account_id, last_used_at = excluded.last_used_at
        """);

    static readonly Sql Select = new("SELECT 1 FROM known_devices WHERE token_hash = $1 AND account_id = $2");

    static readonly Sql SelectAddress = new("SELECT 1 FROM sessions WHERE account_id = $1 AND last_address = $2 AND ended_at IS NULL LIMIT 1");

    static readonly Sql DeleteOld = new("DELETE FROM known_devices WHERE last_used_at < $1");

    public static async ValueTask Remember(WriteScope scope, byte[] tokenHash, AccountId account, DateTimeOffset now) =>
        await scope.Execute(Upsert, tokenHash, account, now);

    public static ValueTask<bool> IsKnown(ReadScope scope, byte[] tokenHash, AccountId account) => scope.Any(Select, tokenHash, account);

    /// <summary>Whether an open session of the account was last used from the address.</summary>
    public static ValueTask<bool> IsKnownAddress(ReadScope scope, AccountId account, string address) => scope.Any(SelectAddress, account, address);

    public static async ValueTask Prune(WriteScope scope, DateTimeOffset before) => await scope.Execute(DeleteOld, before);
}
