using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Identity;

namespace Bastide.Identity.Store;

/// <summary>Passkeys (WebAuthn credentials) of people.</summary>
static class PasskeyTable
{
    const string Columns = """
        SELECT credential_id, public_key, created_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data, name, last_used_at
        FROM passkeys
        """;

    static readonly Sql Upsert = new("""
        INSERT INTO passkeys (credential_id, account_id, name, public_key, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (credential_id) DO UPDATE SET sign_count = excluded.sign_count, is_user_verified = excluded.is_user_verified,
            is_backed_up = excluded.is_backed_up, name = excluded.name
        WHERE passkeys.account_id = excluded.account_id
        """);

    static readonly Sql SelectOfAccount = new(Columns + " WHERE account_id = $1 ORDER BY created_at LIMIT 100");

    static readonly Sql SelectOne = new(Columns + " WHERE account_id = $1 AND credential_id = $2");

    static readonly Sql SelectOwner = new("SELECT account_id FROM passkeys WHERE credential_id = $1");

    static readonly Sql Used = new("UPDATE passkeys SET last_used_at = $2 WHERE credential_id = $1");

    static readonly Sql DeleteOne = new("DELETE FROM passkeys WHERE account_id = $1 AND credential_id = $2");

    static readonly Sql DeleteOfAccount = new("DELETE FROM passkeys WHERE account_id = $1");

    static readonly Sql InsertAnswered = new("INSERT INTO answered_challenges (challenge_hash, expires_at) VALUES ($1, $2) ON CONFLICT (challenge_hash) DO NOTHING");

    static readonly Sql DeleteAnswered = new("DELETE FROM answered_challenges WHERE expires_at < $1");

    public static async ValueTask Set(WriteScope scope, AccountId account, UserPasskeyInfo passkey) => await scope.Execute(
        Upsert, passkey.CredentialId, account, passkey.Name ?? "", passkey.PublicKey, (long)passkey.SignCount, string.Join(' ', passkey.Transports ?? []),
        passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson, passkey.CreatedAt);

    /// <summary>A person's passkeys, the oldest first, with when each was last used.</summary>
    public static ValueTask<List<(UserPasskeyInfo Passkey, DateTimeOffset? LastUsedAt)>> Of(ReadScope scope, AccountId account) =>
        scope.List(SelectOfAccount, row => (Map(row), row.TimeOrNull(11)), account);

    public static ValueTask<UserPasskeyInfo?> Find(ReadScope scope, AccountId account, byte[] credential) => scope.First(SelectOne, Map, account, credential);

    public static async ValueTask<AccountId?> Owner(ReadScope scope, byte[] credential) =>
        await scope.Long(SelectOwner, credential) is { } account ? new AccountId(account) : null;

    public static async ValueTask Touch(WriteScope scope, byte[] credential, DateTimeOffset now) => await scope.Execute(Used, credential, now);

    /// <summary>Notes that a challenge is answered; false when it was before (WebAuthn Level 3 §13.4.3).</summary>
    public static async ValueTask<bool> Answer(WriteScope scope, byte[] challengeHash, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        await scope.Execute(DeleteAnswered, now);
        return await scope.Execute(InsertAnswered, challengeHash, expiresAt) == 1;
    }

    /// <summary>False when there is no such passkey.</summary>
    public static async ValueTask<bool> Remove(WriteScope scope, AccountId account, byte[] credential) => await scope.Execute(DeleteOne, account, credential) == 1;

    /// <summary>How many there were.</summary>
    public static async ValueTask<int> RemoveAll(WriteScope scope, AccountId account) => await scope.Execute(DeleteOfAccount, account);

    static UserPasskeyInfo Map(Row row) => new(
        row.Bytes(0), row.Bytes(1), row.Time(2), checked((uint)row.Long(3)), row.Text(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.Bool(5), row.Bool(6), row.Bool(7), row.Bytes(8), row.Bytes(9))
    {
        Name = row.Text(10),
    };
}
