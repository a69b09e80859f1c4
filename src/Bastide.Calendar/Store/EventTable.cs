using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>Which events of JMAP there are in which object.</summary>
static class EventTable
{
    const string Columns = "id, object_id, recurrence_id, created_seq";

    /// <summary>What changed since.</summary>
    public static ItemTable Items { get; } = new(CalendarTypes.CalendarEvent, "calendar_events");

    static readonly Sql SelectByIds = new($"SELECT {Columns} FROM calendar_events WHERE id {{any $2}} AND {{sqlite:+}}account_id = $1");
    static readonly Sql SelectOfObjects = new($"SELECT {Columns} FROM calendar_events WHERE object_id {{any $1}} ORDER BY id");
    static readonly Sql SelectAll = new($"SELECT {Columns} FROM calendar_events WHERE account_id = $1 ORDER BY id LIMIT $2");
    static readonly Sql Insert = new("INSERT INTO calendar_events (account_id, object_id, recurrence_id, created_seq, changed_seq) VALUES ($1, $2, $3, $4, $4) RETURNING id");
    static readonly Sql UpdateChanged = new("UPDATE calendar_events SET changed_seq = $2 WHERE object_id = $1");
    static readonly Sql DeleteById = new("DELETE FROM calendar_events WHERE id = $1");

    /// <summary>Those of the events that exist in the account.</summary>
    public static ValueTask<List<EventRow>> Find(ReadScope scope, AccountId account, IReadOnlyCollection<long> ids) => ids.Count == 0 ? new([]) : scope.List(SelectByIds, Map, account, ids.ToArray());

    /// <summary>The events of some objects.</summary>
    public static ValueTask<List<EventRow>> OfObjects(ReadScope scope, IReadOnlyCollection<long> objects) => objects.Count == 0 ? new([]) : scope.List(SelectOfObjects, Map, objects.ToArray());

    /// <summary>Every event of the account, up to a bound.</summary>
    public static ValueTask<List<EventRow>> All(ReadScope scope, AccountId account, int limit) => scope.List(SelectAll, Map, account, limit);

    /// <summary>Makes one.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, long objectId, string recurrenceId, Sequence seq) =>
        (await scope.Long(Insert, account, objectId, recurrenceId, seq))!.Value;

    /// <summary>Tells that those of an object changed.</summary>
    public static async ValueTask Touch(WriteScope scope, long objectId, Sequence seq) => await scope.Execute(UpdateChanged, objectId, seq);

    /// <summary>Removes one; its tombstone is the caller's.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);

    static EventRow Map(Row row) => new(row.Long(0), row.Long(1), row.Text(2), new Sequence(row.Long(3)));
}
