using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Store;

/// <summary>Whom accounts wrote to.</summary>
static class CorrespondentTable
{
    static readonly Sql SelectSome = new("SELECT address, name, score, last_at FROM correspondents WHERE account_id = $1 AND address {any $2}");
    static readonly Sql SelectHolding = new(@"
        SELECT address, name, score, last_at FROM correspondents WHERE account_id = $1 AND find LIKE $2 ESCAPE '\' ORDER BY last_at DESC LIMIT $3");

    static readonly Sql Upsert = new("""
        INSERT INTO correspondents (account_id, address, name, find, score, last_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (account_id, address) DO UPDATE SET name = excluded.name, find = excluded.find, score = excluded.score, last_at = excluded.last_at
        """);

    static readonly Sql DeleteOld = new("""
        DELETE FROM correspondents WHERE account_id = $1
        AND last_at < (SELECT last_at FROM correspondents WHERE account_id = $1 ORDER BY last_at DESC LIMIT 1 OFFSET $2)
        """);

    /// <summary>Those of the addresses that the account wrote to.</summary>
    public static ValueTask<List<Correspondent>> Find(ReadScope scope, AccountId account, IReadOnlyCollection<string> addresses) => scope.List(SelectSome, Map, account, addresses.ToArray());

    /// <summary>Those whose name or address holds the folded piece, the latest first.</summary>
    public static ValueTask<List<Correspondent>> Holding(ReadScope scope, AccountId account, string piece, int limit) => scope.List(SelectHolding, Map, account, CardTable.Pattern(piece), limit);

    /// <summary>Stores them, and forgets the oldest where there are more than <paramref name="most"/>.</summary>
    public static async ValueTask Put(WriteScope scope, AccountId account, IReadOnlyCollection<Correspondent> correspondents, int most)
    {
        await scope.ExecuteMany(Upsert, [.. correspondents.Select(c => new object?[] { account, c.Address, c.Name, FoldedText.Of([c.Name, c.Address]), c.Score, c.LastAt })]);
        await scope.Execute(DeleteOld, account, most);
    }

    static Correspondent Map(Row row) => new(row.Text(0), row.TextOrNull(1), row.Double(2), row.Time(3));
}
