using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>What people sign in with.</summary>
static class PersonTable
{
    const string WhoAdministers = """
        SELECT p.account_id, d.address, a.name, a.disabled, p.totp_key IS NOT NULL, a.quota, a.created_at,
               EXISTS (SELECT 1 FROM administrators m WHERE m.account_id = p.account_id)
        FROM people p JOIN accounts a ON a.id = p.account_id JOIN addresses d ON d.account_id = p.account_id AND d.is_primary = TRUE
        """;

    static readonly Sql Insert = new("""
        INSERT INTO people (account_id, password_hash, password_changed_at, security_stamp) VALUES ($1, $2, $3, $4)
        """);

    static readonly Sql SelectCredentials = new("""
        SELECT p.account_id, d.address, a.name, a.disabled, p.password_hash, p.totp_key, p.security_stamp, p.password_changed_at
        FROM people p JOIN accounts a ON a.id = p.account_id JOIN addresses d ON d.account_id = p.account_id AND d.is_primary = TRUE
        WHERE p.account_id = $1
        """);

    static readonly Sql SelectOne = new(WhoAdministers + " WHERE p.account_id = $1");

    static readonly Sql SelectAll = new(WhoAdministers + " WHERE d.address > $1 ORDER BY d.address LIMIT $2");

    static readonly Sql SelectOfDomains = new(WhoAdministers + " WHERE d.domain {any $3} AND d.address > $1 ORDER BY d.address LIMIT $2");

    static readonly Sql UpdatePassword = new("UPDATE people SET password_hash = $2, password_changed_at = $3, security_stamp = $4 WHERE account_id = $1");

    static readonly Sql Rehash = new("UPDATE people SET password_hash = $3 WHERE account_id = $1 AND password_hash = $2");

    static readonly Sql UpdateTotp = new("UPDATE people SET totp_key = $2, totp_step = 0, security_stamp = $3 WHERE account_id = $1");

    static readonly Sql UseTotp = new("UPDATE people SET totp_step = $2 WHERE account_id = $1 AND totp_step < $2");

    static readonly Sql InsertCode = new("INSERT INTO recovery_codes (account_id, code_hash) VALUES ($1, $2)");

    static readonly Sql DeleteCode = new("DELETE FROM recovery_codes WHERE account_id = $1 AND code_hash = $2");

    static readonly Sql DeleteCodes = new("DELETE FROM recovery_codes WHERE account_id = $1");

    static readonly Sql CountCodes = new("SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1");

    public static async ValueTask Add(WriteScope scope, AccountId account, string passwordHash, string stamp, DateTimeOffset now) =>
        await scope.Execute(Insert, account, passwordHash, now, stamp);

    /// <summary>What a sign-in compares with, or null when there is no such person.</summary>
    public static ValueTask<PersonCredentials?> Credentials(ReadScope scope, AccountId account) =>
        scope.First(SelectCredentials, row => new PersonCredentials(
            new AccountId(row.Long(0)), row.Text(1), row.Text(2), row.Bool(3), row.TextOrNull(4), row.TextOrNull(5), row.Text(6), row.Time(7)), account);

    public static async ValueTask<Person?> Find(ReadScope scope, AccountId account) =>
        (await WithAliases(scope, await scope.List(SelectOne, Map, account))).FirstOrDefault();

    /// <summary>A page of people by address; of these domains, or of all when they are null.</summary>
    public static async ValueTask<List<Person>> Page(ReadScope scope, string[]? domains, string after, int limit) =>
        await WithAliases(scope, domains is null
            ? await scope.List(SelectAll, Map, after, limit)
            : await scope.List(SelectOfDomains, Map, after, limit, domains));

    public static async ValueTask SetPassword(WriteScope scope, AccountId account, string hash, string stamp, DateTimeOffset now) =>
        await scope.Execute(UpdatePassword, account, hash, now, stamp);

    /// <summary>Stores the same password under today's cost, unless it changed meanwhile.</summary>
    public static async ValueTask ReplaceHash(WriteScope scope, AccountId account, string before, string after) =>
        await scope.Execute(Rehash, account, before, after);

    /// <summary>Sets or, with null, removes the second factor.</summary>
    public static async ValueTask SetTotp(WriteScope scope, AccountId account, string? protectedKey, string stamp) =>
        await scope.Execute(UpdateTotp, account, protectedKey, stamp);

    /// <summary>Marks a time step as used; false when it or a later one was used before (RFC 6238 §5.2).</summary>
    public static async ValueTask<bool> TakeTotpStep(WriteScope scope, AccountId account, long step) => await scope.Execute(UseTotp, account, step) == 1;

    public static async ValueTask SetRecoveryCodes(WriteScope scope, AccountId account, IReadOnlyList<byte[]> hashes)
    {
        await scope.Execute(DeleteCodes, account);
        await scope.ExecuteMany(InsertCode, [.. hashes.Select(hash => new object?[] { account, hash })]);
    }

    /// <summary>Uses a recovery code up; false when there is no such code.</summary>
    public static async ValueTask<bool> TakeRecoveryCode(WriteScope scope, AccountId account, byte[] hash) => await scope.Execute(DeleteCode, account, hash) == 1;

    public static async ValueTask<long> CountRecoveryCodes(ReadScope scope, AccountId account) => (await scope.Long(CountCodes, account))!.Value;

    static Person Map(Row row) =>
        new(new AccountId(row.Long(0)), row.Text(1), row.Text(2), [], row.Bool(7), row.Bool(3), row.Bool(4), row.LongOrNull(5), row.Time(6));

    static async ValueTask<List<Person>> WithAliases(ReadScope scope, List<Person> people)
    {
        var entries = (await AddressTable.Find(scope, [.. people.Select(p => p.Account)])).ToDictionary(e => e.Account);
        return [.. people.Select(p => p with { Aliases = entries[p.Account].Aliases })];
    }
}
