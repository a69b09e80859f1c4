using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>Events with what they are found and sorted by.</summary>
static class QueryTable
{
    const string Columns = "e.id, e.recurrence_id, o.id, o.calendar_id, o.uid, o.begin_at, o.end_at, o.is_recurring, o.is_floating, o.privacy, o.created_at, o.updated_at";

    static readonly Sql SelectAll = new($"SELECT {Columns} FROM calendar_events e JOIN calendar_objects o ON o.id = e.object_id WHERE e.account_id = $1 ORDER BY e.id LIMIT $2");
    static readonly Sql SelectOfCalendar = new($"SELECT {Columns} FROM calendar_objects o JOIN calendar_events e ON e.object_id = o.id WHERE o.calendar_id = $1 ORDER BY e.id LIMIT $2");
    static readonly Sql SelectOfObjects = new($"SELECT {Columns} FROM calendar_objects o JOIN calendar_events e ON e.object_id = o.id WHERE o.id {{any $1}} ORDER BY e.id");

    /// <summary>Those of an account.</summary>
    public static ValueTask<List<QueryRow>> All(ReadScope scope, AccountId account, int limit) => scope.List(SelectAll, Map, account, limit);

    /// <summary>Those of a calendar.</summary>
    public static ValueTask<List<QueryRow>> OfCalendar(ReadScope scope, long calendar, int limit) => scope.List(SelectOfCalendar, Map, calendar, limit);

    /// <summary>Those of some objects.</summary>
    public static ValueTask<List<QueryRow>> OfObjects(ReadScope scope, IReadOnlyCollection<long> objects) => objects.Count == 0 ? new([]) : scope.List(SelectOfObjects, Map, objects.ToArray());

    static QueryRow Map(Row row) => new(
        row.Long(0), row.Text(1), row.Long(2), row.Long(3), row.Text(4), row.LongOrNull(5), row.LongOrNull(6), row.Bool(7), row.Bool(8), (EventPrivacy)row.Long(9), row.Long(10), row.Long(11));
}
