using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Platform.Accounts;

/// <summary>
/// Who may do what: the one place that answers it. Read inside the scope of the operation, so that a grant taken
/// away a moment ago is gone. A disabled account is reached by nobody.
/// </summary>
public static class Access
{
    static readonly Sql SelectWhole = new("""
        SELECT a.id, CASE WHEN a.id = $1 THEN $3 ELSE COALESCE(g.rights, 0) END
        FROM accounts a LEFT JOIN grants g ON g.account_id = a.id AND g.grantee_id = $1 AND g.collection_type = ''
        WHERE a.id = $2 AND a.disabled = FALSE
        """);

    static readonly Sql SelectReachable = new("""
        SELECT a.id, a.kind, a.name, a.seq, a.quota, a.disabled, COALESCE(MAX(CASE WHEN g.collection_type = '' THEN g.rights END), 0)
        FROM grants g JOIN accounts a ON a.id = g.account_id
        WHERE g.grantee_id = $1 AND a.disabled = FALSE
        GROUP BY a.id, a.kind, a.name, a.seq, a.quota, a.disabled
        ORDER BY a.id LIMIT 1000
        """);

    static readonly Sql SelectCollections = new("""
        SELECT collection_id, rights FROM grants
        WHERE grantee_id = $1 AND account_id = $2 AND collection_type = $3
        """);

    static readonly Sql SelectOfAccount = new("""
        SELECT account_id, collection_type, collection_id, grantee_id, rights FROM grants
        WHERE account_id = $1 ORDER BY id LIMIT 10000
        """);

    static readonly Sql Upsert = new("""
        INSERT INTO grants (account_id, collection_type, collection_id, grantee_id, rights) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (grantee_id, account_id, collection_type, collection_id) DO UPDATE SET rights = excluded.rights
        """);

    static readonly Sql Delete = new("""
        DELETE FROM grants WHERE account_id = $1 AND collection_type = $2 AND collection_id = $3 AND grantee_id = $4
        """);

    static readonly Sql DeleteOfCollection = new("DELETE FROM grants WHERE account_id = $1 AND collection_type = $2 AND collection_id = $3");

    /// <summary>What the caller may do with the whole account; <see cref="Rights.None"/> where it does not exist for them.</summary>
    public static async ValueTask<Rights> On(ReadScope scope, Caller caller, AccountId account) =>
        await scope.First(SelectWhole, row => (Rights)row.Long(1), caller.Person, account, (long)Rights.Owner);

    /// <summary>What the caller may do with single collections of a type, beside what <see cref="On"/> says of the whole.</summary>
    public static async ValueTask<Dictionary<long, Rights>> OnCollections(ReadScope scope, Caller caller, AccountId account, DataType type) =>
        (await scope.List(SelectCollections, row => (row.Long(0), (Rights)row.Long(1)), caller.Person, account, type)).ToDictionary(g => g.Item1, g => g.Item2);

    /// <summary>Every other account the caller reaches, whole or in part (then with the rights <see cref="Rights.None"/> on the whole).</summary>
    public static async ValueTask<List<(Account Account, Rights Whole)>> Reachable(ReadScope scope, Caller caller) =>
        await scope.List(SelectReachable, row => (
            new Account(new AccountId(row.Long(0)), (AccountKind)row.Int(1), row.Text(2), new Sequence(row.Long(3)), row.LongOrNull(4), row.Bool(5)),
            (Rights)row.Long(6)), caller.Person);

    /// <summary>The grants on an account and its collections.</summary>
    public static async ValueTask<List<Grant>> Grants(ReadScope scope, AccountId account) =>
        await scope.List(SelectOfAccount, row => new Grant(
            new AccountId(row.Long(0)),
            row.Text(1).Length == 0 ? null : new CollectionRef(new DataType(row.Text(1)), row.Long(2)),
            new AccountId(row.Long(3)),
            (Rights)row.Long(4)), account);

    /// <summary>Gives rights, or changes those given; <see cref="Rights.None"/> takes them away.</summary>
    public static async ValueTask Give(WriteScope scope, Grant grant)
    {
        var type = grant.Collection?.Type.Name ?? "";
        var id = grant.Collection?.Id ?? 0;
        if (grant.Rights == Rights.None) await scope.Execute(Delete, grant.Account, type, id, grant.Grantee);
        else await scope.Execute(Upsert, grant.Account, type, id, grant.Grantee, grant.Rights);
    }

    /// <summary>Takes away what was given on a collection that goes.</summary>
    public static async ValueTask Forget(WriteScope scope, AccountId account, CollectionRef collection) =>
        await scope.Execute(DeleteOfCollection, account, collection.Type.Name, collection.Id);
}
