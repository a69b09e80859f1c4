using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>The index of occurrences.</summary>
static class OccurrenceTable
{
    const string Columns = "object_id, calendar_id, recurrence_id, begin_at, end_at, is_floating, busy";

    // $2 to $3 in moments, $4 to $5 on the asker's clock; $6 and $7 bound both. What has no length is where it begins.
    const string Touches = """
        (is_floating = FALSE AND begin_at < $3 AND (end_at > $2 OR (end_at = begin_at AND begin_at >= $2))
        OR is_floating = TRUE AND begin_at < $5 AND (end_at > $4 OR (end_at = begin_at AND begin_at >= $4)))
        """;

    static readonly Sql SelectOfCalendar = new(Text("calendar_id"));
    static readonly Sql SelectOfAccount = new(Text("account_id"));
    static readonly Sql SelectOfCalendars = new(Text("calendar_id", "{any $1}"));
    static readonly Sql SelectOfObject = new($"SELECT {Columns} FROM calendar_occurrences WHERE object_id = $1 ORDER BY begin_at LIMIT 10000");
    static readonly Sql DeleteOfObject = new("DELETE FROM calendar_occurrences WHERE object_id = $1");
    static readonly Sql UpdateCalendar = new("UPDATE calendar_occurrences SET calendar_id = $2 WHERE object_id = $1");

    static readonly Sql Insert = new("""
        INSERT INTO calendar_occurrences (object_id, account_id, calendar_id, span, begin_at, end_at, recurrence_id, is_floating, busy) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """);

    /// <summary>The occurrences in a calendar that touch a time.</summary>
    public static ValueTask<List<OccurrenceRow>> OfCalendar(ReadScope scope, long calendar, TimeWindow window, int limit) => scope.List(SelectOfCalendar, Map, Arguments(calendar, window, limit));

    /// <summary>The same of a whole account.</summary>
    public static ValueTask<List<OccurrenceRow>> OfAccount(ReadScope scope, AccountId account, TimeWindow window, int limit) => scope.List(SelectOfAccount, Map, Arguments(account.Value, window, limit));

    /// <summary>The same of some calendars.</summary>
    public static ValueTask<List<OccurrenceRow>> OfCalendars(ReadScope scope, IReadOnlyCollection<long> calendars, TimeWindow window, int limit) =>
        calendars.Count == 0 ? new([]) : scope.List(SelectOfCalendars, Map, Arguments(calendars.ToArray(), window, limit));

    /// <summary>What is indexed of an object.</summary>
    public static ValueTask<List<OccurrenceRow>> OfObject(ReadScope scope, long id) => scope.List(SelectOfObject, Map, id);

    /// <summary>Puts these in the place of what is indexed of an object.</summary>
    public static async ValueTask Replace(WriteScope scope, AccountId account, long id, long calendar, IReadOnlyList<OccurrenceRow> rows)
    {
        await scope.Execute(DeleteOfObject, id);
        await Add(scope, account, id, calendar, rows);
    }

    /// <summary>Indexes a new object.</summary>
    public static ValueTask Add(WriteScope scope, AccountId account, long id, long calendar, IReadOnlyList<OccurrenceRow> rows) =>
        scope.ExecuteMany(Insert, [.. rows.Select(row => new object?[] { id, account, calendar, (long)row.Span, row.BeginAt, row.EndAt, row.RecurrenceId, row.IsFloating, row.Busy })]);

    /// <summary>Tells that an object is in another calendar.</summary>
    public static async ValueTask Move(WriteScope scope, long id, long calendar) => await scope.Execute(UpdateCalendar, id, calendar);

    static string Text(string owner, string those = "= $1") => $"""
        SELECT {Columns} FROM calendar_occurrences WHERE {owner} {those} AND span = 0 AND begin_at >= $6 - {OccurrenceRow.Spans[0]} AND begin_at < $7 AND {Touches}
        UNION ALL
        SELECT {Columns} FROM calendar_occurrences WHERE {owner} {those} AND span = 1 AND begin_at >= $6 - {OccurrenceRow.Spans[1]} AND begin_at < $7 AND {Touches}
        UNION ALL
        SELECT {Columns} FROM calendar_occurrences WHERE {owner} {those} AND span = 2 AND begin_at < $7 AND {Touches}
        LIMIT $8
        """;

    static object?[] Arguments(object owner, TimeWindow window, int limit) =>
        [owner, window.From, window.To, window.LocalFrom, window.LocalTo, Math.Min(window.From, window.LocalFrom), Math.Max(window.To, window.LocalTo), (long)limit];

    static OccurrenceRow Map(Row row) => new(row.Long(0), row.Long(1), row.Text(2), row.Long(3), row.Long(4), row.Bool(5), (BusyKind)row.Long(6));
}
