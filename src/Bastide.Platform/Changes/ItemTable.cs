using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Platform.Changes;

/// <summary>
/// Answers "what changed since" for a module's table of items, which has <c>account_id</c>, an id column,
/// <c>created_seq</c> and <c>changed_seq</c>, and an index on <c>(account_id, changed_seq)</c>.
/// Keep one in a static field per type.
/// </summary>
/// <param name="type">The type its tombstones carry.</param>
/// <param name="table">The table.</param>
/// <param name="idColumn">Its id column.</param>
public sealed class ItemTable(DataType type, string table, string idColumn = "id")
{
    readonly Sql _since = new($"""
        SELECT {idColumn} AS id, created_seq, changed_seq AS seq, FALSE AS gone FROM {table}
        WHERE account_id = $1 AND changed_seq > $2
        UNION ALL
        SELECT item_id, created_seq, destroyed_seq, TRUE FROM tombstones
        WHERE account_id = $1 AND type = $3 AND destroyed_seq > $2
        ORDER BY seq LIMIT $4
        """);

    /// <summary>The type of the items.</summary>
    public DataType Type => type;

    /// <summary>
    /// Up to about <paramref name="limit"/> changes after <paramref name="since"/>, cut only between two numbers of the
    /// sequence. Null when so many changes share one number that they do not fit: then the reader must start afresh
    /// (<c>cannotCalculateChanges</c>).
    /// </summary>
    public async ValueTask<ItemChanges?> Since(ReadScope scope, AccountId account, Sequence since, int limit)
    {
        // The state is read first: what commits in between is told again next time, never missed.
        var state = await AccountTable.State(scope, account, type);
        if (since > state) return null;
        var rows = await scope.List(_since, row => (Id: row.Long(0), Created: row.Long(1), Seq: row.Long(2), Gone: row.Bool(3)), account, since, type, limit + 1);
        var next = state;
        var hasMore = rows.Count > limit;
        if (hasMore)
        {
            // Cut before the number that does not fit whole, so that the new state stands between two numbers.
            var cut = rows[limit].Seq;
            rows.RemoveAll(row => row.Seq >= cut);
            if (rows.Count == 0) return null;
            next = new Sequence(rows[^1].Seq);
        }

        var created = new List<long>();
        var updated = new List<long>();
        var destroyed = new List<long>();
        foreach (var row in rows)
        {
            var isNew = row.Created > since.Value;
            if (row.Gone)
            {
                // What came and went since is not told at all (RFC 8620 §5.2).
                if (!isNew) destroyed.Add(row.Id);
            }
            else if (isNew) created.Add(row.Id);
            else updated.Add(row.Id);
        }

        if (!hasMore && rows.Count > 0 && rows[^1].Seq > next.Value) next = new Sequence(rows[^1].Seq);
        return new ItemChanges(since, next, hasMore, created, updated, destroyed);
    }
}
