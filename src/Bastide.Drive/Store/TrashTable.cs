using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Drive.Store;

/// <summary>Where what was thrown away came from.</summary>
static class TrashTable
{
    const string Columns = "node_id, parent_id, path, name, deleted_at, deleted_by";

    static readonly Sql SelectMany = new($"SELECT {Columns} FROM file_trash WHERE node_id {{any $1}}");
    static readonly Sql SelectPage = new($"SELECT {Columns} FROM file_trash WHERE account_id = $1 AND (deleted_at < $2 OR (deleted_at = $2 AND node_id > $3)) ORDER BY deleted_at DESC, node_id LIMIT $4");
    static readonly Sql SelectOld = new("SELECT account_id, node_id FROM file_trash WHERE deleted_at < $1 ORDER BY deleted_at, node_id LIMIT $2");
    static readonly Sql Insert = new("INSERT INTO file_trash (node_id, account_id, parent_id, path, name, deleted_at, deleted_by) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    static readonly Sql DeleteOne = new("DELETE FROM file_trash WHERE node_id = $1");

    /// <summary>What is known of these; of what was not thrown away by itself, nothing.</summary>
    public static ValueTask<List<TrashedFile>> Find(ReadScope scope, IReadOnlyCollection<long> nodes) => scope.List(SelectMany, Map, nodes.ToArray());

    /// <summary>A page of what an account threw away, the latest first.</summary>
    public static ValueTask<List<TrashedFile>> Page(ReadScope scope, AccountId account, DateTimeOffset before, long after, int limit) =>
        scope.List(SelectPage, Map, account, before, after, limit);

    /// <summary>Some of what was thrown away before a moment, by anybody.</summary>
    public static ValueTask<List<(AccountId Account, long Node)>> Old(ReadScope scope, DateTimeOffset before, int limit) =>
        scope.List(SelectOld, row => (new AccountId(row.Long(0)), row.Long(1)), before, limit);

    /// <summary>Notes where something came from.</summary>
    public static async ValueTask Add(WriteScope scope, AccountId account, TrashedFile file) =>
        await scope.Execute(Insert, file.Node, account, file.Parent, file.Path, file.Name, file.Deleted, file.By);

    /// <summary>Forgets it: it is back, or gone.</summary>
    public static async ValueTask Remove(WriteScope scope, long node) => await scope.Execute(DeleteOne, node);

    static TrashedFile Map(Row row) => new(row.Long(0), row.LongOrNull(1), row.Text(2), row.Text(3), row.Time(4), row.LongOrNull(5) is { } by ? new AccountId(by) : null);
}
