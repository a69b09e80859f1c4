using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>When the alarms of which object are to be looked for.</summary>
static class AlarmPlanTable
{
    static readonly Sql Upsert = new("""
        INSERT INTO calendar_alarm_plans (object_id, plan_at, revision) VALUES ($1, 0, 0) ON CONFLICT (object_id) DO UPDATE SET plan_at = 0, revision = calendar_alarm_plans.revision + 1
        """);

    static readonly Sql UpdatePresent = new("UPDATE calendar_alarm_plans SET plan_at = 0, revision = revision + 1 WHERE object_id = $1");

    static readonly Sql UpsertOfCalendar = new("""
        INSERT INTO calendar_alarm_plans (object_id, plan_at, revision) SELECT id, 0, 0 FROM calendar_objects WHERE calendar_id = $1 AND kind = $2
        ON CONFLICT (object_id) DO UPDATE SET plan_at = 0, revision = calendar_alarm_plans.revision + 1
        """);

    static readonly Sql SelectDue = new("""
        SELECT p.object_id, o.account_id, a.kind, p.plan_at, p.revision FROM calendar_alarm_plans p JOIN calendar_objects o ON o.id = p.object_id JOIN accounts a ON a.id = o.account_id
        WHERE p.plan_at IS NOT NULL AND p.plan_at <= $1 ORDER BY p.plan_at LIMIT $2
        """);

    static readonly Sql SelectNext = new("SELECT plan_at FROM calendar_alarm_plans WHERE plan_at IS NOT NULL ORDER BY plan_at LIMIT 1");
    static readonly Sql UpdateSettled = new("UPDATE calendar_alarm_plans SET plan_at = $3, revision = revision + 1 WHERE object_id = $1 AND revision = $2");

    /// <summary>Has the alarms of an object looked for at once.</summary>
    public static async ValueTask Mark(WriteScope scope, long objectId) => await scope.Execute(Upsert, objectId);

    /// <summary>The same where it has ever had any.</summary>
    public static async ValueTask MarkPresent(WriteScope scope, long objectId) => await scope.Execute(UpdatePresent, objectId);

    /// <summary>The same for all events of a calendar.</summary>
    public static async ValueTask MarkCalendar(WriteScope scope, long calendar) => await scope.Execute(UpsertOfCalendar, calendar, CalendarKinds.Event);

    /// <summary>Those whose time has come.</summary>
    public static ValueTask<List<AlarmPlan>> Due(ReadScope scope, long now, int limit) =>
        scope.List(SelectDue, row => new AlarmPlan(row.Long(0), new AccountId(row.Long(1)), (AccountKind)row.Int(2), row.Long(3), row.Long(4)), now, limit);

    /// <summary>When the next one's time comes; null when none waits.</summary>
    public static ValueTask<long?> Next(ReadScope scope) => scope.Long(SelectNext);

    /// <summary>Notes when to look again, unless what was looked at has changed meanwhile. Whether it was noted.</summary>
    public static async ValueTask<bool> Settle(WriteScope scope, AlarmPlan plan, long? next) => await scope.Execute(UpdateSettled, plan.ObjectId, plan.Revision, next) > 0;
}
