using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Platform.Search;

/// <summary>How far the index has followed each account and type.</summary>
static class PositionTable
{
    static readonly Sql Select = new("""
        SELECT COALESCE((SELECT seq FROM search_positions WHERE account_id = $1 AND type = $2), 0),
               COALESCE((SELECT seq FROM account_states WHERE account_id = $1 AND type = $2), 0)
        """);

    static readonly Sql SelectBehind = new("""
        SELECT s.account_id, s.type FROM account_states s
        LEFT JOIN search_positions p ON p.account_id = s.account_id AND p.type = s.type
        WHERE s.account_id IN (SELECT id FROM accounts WHERE id > $2 ORDER BY id LIMIT $3)
          AND s.type {any $1} AND (p.seq IS NULL OR p.seq <> s.seq)
        ORDER BY s.account_id
        """);

    static readonly Sql SelectPage = new("SELECT MAX(id) FROM (SELECT id FROM accounts WHERE id > $1 ORDER BY id LIMIT $2) AS page");

    static readonly Sql Insert = new("""
        INSERT INTO search_positions (account_id, type, seq) VALUES ($1, $2, 0) ON CONFLICT (account_id, type) DO NOTHING
        """);

    static readonly Sql SelectHeld = new("SELECT seq FROM search_positions WHERE account_id = $1 AND type = $2 {lock}");
    static readonly Sql Update = new("UPDATE search_positions SET seq = $3 WHERE account_id = $1 AND type = $2");

    /// <summary>Where the index stands and where the items stand.</summary>
    public static async ValueTask<(Sequence Position, Sequence State)> Find(ReadScope scope, AccountId account, DataType type) =>
        await scope.First(Select, row => (new Sequence(row.Long(0)), new Sequence(row.Long(1))), account, type);

    /// <summary>Of the next accounts by id, those the index is not up with; and the last account that was looked at, null at the end.</summary>
    public static async ValueTask<(List<(AccountId Account, DataType Type)> Behind, AccountId? Last)> Behind(ReadScope scope, DataType[] types, AccountId after, int accounts)
    {
        var last = await scope.Long(SelectPage, after, accounts);
        if (last is null) return ([], null);
        var names = types.Select(type => type.Name).ToArray();
        var behind = await scope.List(SelectBehind, row => (new AccountId(row.Long(0)), new DataType(row.Text(1))), names, after, accounts);
        return (behind, new AccountId(last.Value));
    }

    /// <summary>Where the index stands, locked until the end of the transaction so that nobody else moves it.</summary>
    public static async ValueTask<Sequence> Hold(WriteScope scope, AccountId account, DataType type)
    {
        await scope.Execute(Insert, account, type);
        return new Sequence((await scope.Long(SelectHeld, account, type))!.Value);
    }

    public static async ValueTask Move(WriteScope scope, AccountId account, DataType type, Sequence position) =>
        await scope.Execute(Update, account, type, position);
}
