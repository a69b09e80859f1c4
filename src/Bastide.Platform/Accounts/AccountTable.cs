using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Platform.Accounts;

/// <summary>The accounts, their states and what they use. Who may is decided by <see cref="Access"/>, not here.</summary>
public static class AccountTable
{
    /// <summary>What moves when an account's use or its bound changes (RFC 9425).</summary>
    public static readonly DataType Quota = new("Quota");

    /// <summary>What moves with <see cref="Quota"/> when more than the use changes: the bound, the name.</summary>
    public static readonly DataType QuotaBound = new("QuotaBound");

    static readonly Sql Insert = new("""
        INSERT INTO accounts (kind, name, quota, created_at) VALUES ($1, $2, $3, $4) RETURNING id
        """);

    static readonly Sql SelectById = new("SELECT id, kind, name, seq, quota, disabled FROM accounts WHERE id = $1");

    static readonly Sql SelectByIds = new("SELECT id, kind, name, seq, quota, disabled FROM accounts WHERE id {any $1}");

    static readonly Sql SelectAfter = new("""
        SELECT id, kind, name, seq, quota, disabled FROM accounts WHERE id > $1 ORDER BY id LIMIT $2
        """);

    static readonly Sql UpdateProfile = new("UPDATE accounts SET name = $2, quota = $3, disabled = $4 WHERE id = $1");

    static readonly Sql DeleteById = new("DELETE FROM accounts WHERE id = $1");

    static readonly Sql SelectState = new("SELECT seq FROM account_states WHERE account_id = $1 AND type = $2");

    static readonly Sql SelectStates = new("SELECT type, seq FROM account_states WHERE account_id = $1");

    static readonly Sql SelectStatesOfMany = new("SELECT account_id, type, seq FROM account_states WHERE account_id {any $1}");

    static readonly Sql AddUsage = new("""
        INSERT INTO account_usage (account_id, type, octets, items) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, type) DO UPDATE
        SET octets = account_usage.octets + excluded.octets, items = account_usage.items + excluded.items
        """);

    static readonly Sql SelectUsage = new("SELECT type, octets, items FROM account_usage WHERE account_id = $1");

    static readonly Sql SumUsage = new("SELECT CAST(COALESCE(SUM(octets), 0) AS BIGINT) FROM account_usage WHERE account_id = $1");

    /// <summary>Makes an account; its sequence begins at 0.</summary>
    public static async ValueTask<AccountId> Create(WriteScope scope, AccountKind kind, string name, long? quota, DateTimeOffset now) =>
        new((await scope.Long(Insert, kind, name, quota, now))!.Value);

    /// <summary>The account, or null.</summary>
    public static ValueTask<Account?> Find(ReadScope scope, AccountId id) => scope.First(SelectById, Map, id);

    /// <summary>Those of the accounts that exist, in no order.</summary>
    public static ValueTask<List<Account>> Find(ReadScope scope, IReadOnlyCollection<AccountId> ids) =>
        scope.List(SelectByIds, Map, ids.Select(id => id.Value).ToArray());

    /// <summary>A page of all accounts by id, after <paramref name="after"/>.</summary>
    public static ValueTask<List<Account>> Page(ReadScope scope, AccountId after, int limit) => scope.List(SelectAfter, Map, after, limit);

    /// <summary>Changes what is known of an account.</summary>
    public static async ValueTask Update(WriteScope scope, AccountId id, string name, long? quota, bool disabled)
    {
        await scope.Advance(id, Quota, QuotaBound);
        await scope.Execute(UpdateProfile, id, name, quota, disabled);
    }

    /// <summary>Removes the account; rows that refer to it go with it.</summary>
    public static async ValueTask Delete(WriteScope scope, AccountId id) => await scope.Execute(DeleteById, id);

    /// <summary>The position of the last change to a type; 0 when it never changed.</summary>
    public static async ValueTask<Sequence> State(ReadScope scope, AccountId id, DataType type) =>
        new(await scope.Long(SelectState, id, type) ?? 0);

    /// <summary>The positions of all types that ever changed.</summary>
    public static async ValueTask<Dictionary<DataType, Sequence>> States(ReadScope scope, AccountId id) =>
        (await scope.List(SelectStates, row => (new DataType(row.Text(0)), new Sequence(row.Long(1))), id)).ToDictionary(s => s.Item1, s => s.Item2);

    /// <summary>The same for many accounts; each of them is in the answer.</summary>
    public static async ValueTask<Dictionary<AccountId, Dictionary<DataType, Sequence>>> States(ReadScope scope, IReadOnlyCollection<AccountId> ids)
    {
        var states = ids.ToDictionary(id => id, _ => new Dictionary<DataType, Sequence>());
        var rows = await scope.List(
            SelectStatesOfMany, row => (new AccountId(row.Long(0)), new DataType(row.Text(1)), new Sequence(row.Long(2))), ids.Select(id => id.Value).ToArray());
        foreach (var (account, type, seq) in rows) states[account][type] = seq;
        return states;
    }

    /// <summary>Adds to (or, negative, takes from) what a type uses, in the transaction of the change itself.</summary>
    public static async ValueTask Use(WriteScope scope, AccountId id, DataType type, long octets, long items)
    {
        await scope.Advance(id, Quota);
        await scope.Execute(AddUsage, id, type, octets, items);
    }

    /// <summary>What each type uses.</summary>
    public static ValueTask<List<AccountUsage>> Usage(ReadScope scope, AccountId id) =>
        scope.List(SelectUsage, row => new AccountUsage(new DataType(row.Text(0)), row.Long(1), row.Long(2)), id);

    /// <summary>Whether so many more octets stay within the account's quota.</summary>
    public static async ValueTask<bool> HasRoom(ReadScope scope, AccountId id, long octets)
    {
        var account = await Find(scope, id);
        return account is { Quota: null } || (account is not null && (await scope.Long(SumUsage, id))!.Value + octets <= account.Quota);
    }

    static Account Map(Row row) =>
        new(new AccountId(row.Long(0)), (AccountKind)row.Int(1), row.Text(2), new Sequence(row.Long(3)), row.LongOrNull(4), row.Bool(5));
}
