using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Platform.Changes;

/// <summary>
/// Answers "what changed since" for a module's table of items, which has <c>account_id</c>, an id column,
/// <c>created_seq</c> and <c>changed_seq</c>, and an index on <c>(account_id, changed_seq)</c>; where an account has many, another
/// on <c>(account_id, created_seq)</c>. Keep one in a static field per type.
/// </summary>
/// <param name="type">The type its tombstones carry.</param>
/// <param name="table">The table.</param>
/// <param name="idColumn">Its id column.</param>
public sealed class ItemTable(DataType type, string table, string idColumn = "id")
{
    readonly Sql _created = new($"""
        SELECT {idColumn}, created_seq FROM {table}
        WHERE account_id = $1 AND created_seq > $2 AND created_seq <= $3
        ORDER BY created_seq LIMIT $4
        """);

    readonly Sql _changed = new($"""
        SELECT {idColumn} AS id, changed_seq AS seq, FALSE AS gone FROM {table}
        WHERE account_id = $1 AND changed_seq > $2 AND changed_seq <= $3 AND created_seq <= $2
        UNION ALL
        SELECT item_id, destroyed_seq, TRUE FROM tombstones
        WHERE account_id = $1 AND type = $5 AND destroyed_seq > $2 AND destroyed_seq <= $3 AND created_seq <= $2
        ORDER BY seq LIMIT $4
        """);

    /// <summary>The type of the items.</summary>
    public DataType Type => type;

    /// <summary>
    /// Up to about <paramref name="limit"/> changes after <paramref name="since"/>, cut only between two numbers of the
    /// sequence. Null when so many changes share one number that they do not fit: then the reader must start afresh
    /// (<c>cannotCalculateChanges</c>). Each item stands where it came, if it is new to the reader, and otherwise where it
    /// last changed: so that a reader who takes the changes in parts is told of every item first that it came. What came
    /// and went since is not told at all (RFC 8620 §5.2).
    /// </summary>
    public async ValueTask<ItemChanges?> Since(ReadScope scope, AccountId account, Sequence since, int limit)
    {
        // The state is read first and bounds the rest: what commits in between is told next time, never missed.
        var state = await AccountTable.State(scope, account, type);
        if (since > state) return null;
        var rows = await scope.List(_created, row => new Change(row.Long(0), row.Long(1), Fate.Created), account, since, state, limit + 1);
        // Beyond the last of these nothing is told now, so that nothing need be looked for there.
        var end = rows.Count > limit ? new Sequence(rows[limit].Seq) : state;
        rows.AddRange(await scope.List(_changed, row => new Change(row.Long(0), row.Long(1), row.Bool(2) ? Fate.Destroyed : Fate.Updated), account, since, end, limit + 1, type));
        rows.Sort((a, b) => a.Seq.CompareTo(b.Seq));
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

        return new ItemChanges(since, next, hasMore, Of(rows, Fate.Created), Of(rows, Fate.Updated), Of(rows, Fate.Destroyed));
    }

    static List<long> Of(List<Change> rows, Fate fate) => [.. rows.Where(row => row.Fate == fate).Select(row => row.Id)];

    readonly record struct Change(long Id, long Seq, Fate Fate);

    enum Fate
    {
        Created,
        Updated,
        Destroyed,
    }
}
