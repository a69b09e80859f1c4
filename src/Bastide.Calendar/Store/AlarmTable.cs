using Bastide.Calendar.Alarms;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>The alarms of the coming days, and those that went off lately.</summary>
static class AlarmTable
{
    static readonly Sql DeleteComing = new("DELETE FROM calendar_alarms WHERE object_id = $1 AND fired_at IS NULL AND due_at >= $2");

    // What went off stays as it is: nothing goes off again because its event was changed.
    static readonly Sql Insert = new("""
        INSERT INTO calendar_alarms (object_id, person_id, recurrence_id, alert_id, by_mail, due_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (object_id, person_id, recurrence_id, alert_id, due_at) DO NOTHING
        """);

    static readonly Sql SelectNext = new("SELECT due_at FROM calendar_alarms WHERE fired_at IS NULL AND due_at > 0 ORDER BY due_at LIMIT 1");

    static readonly Sql SelectPeople = new("""
        SELECT DISTINCT person_id FROM (SELECT person_id FROM calendar_alarms WHERE fired_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT $2) due ORDER BY person_id
        """);

    // MATERIALIZED keeps PostgreSQL from running the locking part more than once within one statement.
    static readonly Sql TakeDue = new($"""
        WITH due AS MATERIALIZED (
            SELECT id FROM calendar_alarms WHERE person_id = $1 AND fired_at IS NULL AND due_at <= $2 ORDER BY due_at LIMIT $3 {"{lock skip}"}
        )
        UPDATE calendar_alarms SET fired_at = $2 WHERE id IN (SELECT id FROM due)
        RETURNING id
        """);

    static readonly Sql SelectTaken = new("""
        SELECT a.id, a.object_id, a.alert_id, a.by_mail, a.due_at, o.account_id, o.calendar_id, o.privacy FROM calendar_alarms a JOIN calendar_objects o ON o.id = a.object_id
        WHERE a.id {any $1} ORDER BY a.due_at, a.id
        """);

    static readonly Sql UpdateTold = new("UPDATE calendar_alarms SET fired_seq = $2 WHERE id {any $1}");

    // The event of the series, or where that is not known the one of the instance.
    static readonly Sql SelectTold = new("""
        SELECT o.account_id, e.id, o.uid, a.recurrence_id, a.alert_id
        FROM calendar_alarms a JOIN calendar_objects o ON o.id = a.object_id JOIN calendar_events e ON e.object_id = o.id AND e.recurrence_id IN ('', a.recurrence_id)
        WHERE a.person_id = $1 AND a.fired_seq > $2 AND a.fired_seq > 0 AND a.fired_seq <= $3 AND a.fired_at >= $4 ORDER BY a.fired_seq, a.due_at, a.id LIMIT $5
        """);

    static readonly Sql SelectToMail = new("""
        SELECT a.person_id, o.account_id, e.id, e.recurrence_id, a.recurrence_id
        FROM calendar_alarms a JOIN calendar_objects o ON o.id = a.object_id JOIN calendar_events e ON e.object_id = o.id AND e.recurrence_id IN ('', a.recurrence_id)
        WHERE a.id = $1 AND a.by_mail = TRUE AND a.fired_seq IS NULL
        """);

    // A mail has no place in the sequence of the person.
    static readonly Sql UpdateMailed = new("UPDATE calendar_alarms SET fired_seq = 0 WHERE id = $1 AND fired_seq IS NULL");

    static readonly Sql DeleteOld = new("DELETE FROM calendar_alarms WHERE fired_at IS NOT NULL AND fired_at < $1");

    /// <summary>Puts these in the place of what was to come of an object from a moment on.</summary>
    public static async ValueTask Replace(WriteScope scope, long objectId, long from, IReadOnlyList<ComingAlarm> alarms)
    {
        await scope.Execute(DeleteComing, objectId, from);
        await scope.ExecuteMany(Insert, [.. alarms.Select(alarm => new object?[] { objectId, alarm.Person, alarm.RecurrenceId, alarm.AlertId, alarm.IsByMail, alarm.DueAt })]);
    }

    /// <summary>When the next one is due; null when none is to come.</summary>
    public static ValueTask<long?> Next(ReadScope scope) => scope.Long(SelectNext);

    /// <summary>Some of the people of whom alarms are due.</summary>
    public static ValueTask<List<AccountId>> People(ReadScope scope, long now, int limit) => scope.List(SelectPeople, row => new AccountId(row.Long(0)), now, limit);

    /// <summary>Takes what is due of a person, so that no other node does.</summary>
    public static async ValueTask<List<AlarmRow>> Take(WriteScope scope, AccountId person, long now, int limit)
    {
        var taken = await scope.List(TakeDue, row => row.Long(0), person, now, limit);
        return taken.Count == 0 ? [] : await scope.List(
            SelectTaken, row => new AlarmRow(row.Long(0), row.Long(1), row.Text(2), row.Bool(3), row.Long(4), new AccountId(row.Long(5)), row.Long(6), (EventPrivacy)row.Long(7)), taken.ToArray());
    }

    /// <summary>Notes that these are told, with which number of the person's sequence.</summary>
    public static async ValueTask SetTold(WriteScope scope, IEnumerable<long> ids, Sequence seq) => await scope.Execute(UpdateTold, ids.ToArray(), seq);

    /// <summary>What a person was told between two positions and not before a moment; mails are at none.</summary>
    public static ValueTask<List<ToldAlarm>> Told(ReadScope scope, AccountId person, Sequence since, Sequence until, long notBefore, int limit) =>
        scope.List(SelectTold, row => new ToldAlarm(new AccountId(row.Long(0)), row.Long(1), row.Text(2), row.Text(3), row.Text(4)), person, since, until, notBefore, limit);

    /// <summary>An alarm that goes out as a mail; null when it is gone, or went out.</summary>
    public static ValueTask<AlarmToMail?> ToMail(ReadScope scope, long id) => scope.First(
        SelectToMail, row => new AlarmToMail(new AccountId(row.Long(0)), new AccountId(row.Long(1)), row.Long(2), row.Text(3).Length == 0 && row.Text(4).Length > 0 ? row.Text(4) : null), id);

    /// <summary>Notes that its mail is in the queue. False when it was before.</summary>
    public static async ValueTask<bool> SetMailed(WriteScope scope, long id) => await scope.Execute(UpdateMailed, id) > 0;

    /// <summary>Forgets what went off before a moment.</summary>
    public static async ValueTask Forget(WriteScope scope, long before) => await scope.Execute(DeleteOld, before);
}
