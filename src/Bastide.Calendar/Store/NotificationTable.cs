using Bastide.Calendar.Scheduling;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>What others did to the events of an account, until it is put away.</summary>
static class NotificationTable
{
    const int MostKept = 500;
    const string Columns = "id, created_at, kind, event_id, changed_by_name, changed_by_address, changed_by_account, comment, event, patch, created_seq";

    /// <summary>What changed since.</summary>
    public static ItemTable Items { get; } = new(CalendarTypes.CalendarEventNotification, "calendar_notifications");

    static readonly Sql SelectAll = new($"SELECT {Columns} FROM calendar_notifications WHERE account_id = $1 ORDER BY id LIMIT 1000");
    static readonly Sql SelectMessages = new("SELECT id, created_at, message FROM calendar_notifications WHERE account_id = $1 AND message IS NOT NULL ORDER BY id LIMIT 1000");
    static readonly Sql SelectOldest = new("SELECT id, created_seq FROM calendar_notifications WHERE account_id = $1 ORDER BY id DESC LIMIT 100 OFFSET $2");
    static readonly Sql DeleteById = new("DELETE FROM calendar_notifications WHERE id = $1");
    static readonly Sql ClearMessage = new("UPDATE calendar_notifications SET message = NULL WHERE account_id = $1 AND id = $2 AND message IS NOT NULL");

    static readonly Sql Insert = new("""
        INSERT INTO calendar_notifications (account_id, created_at, kind, event_id, uid, changed_by_name, changed_by_address, changed_by_account, comment, event, patch, message, created_seq, changed_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
        """);

    /// <summary>All of an account, from the oldest.</summary>
    public static ValueTask<List<EventNotification>> All(ReadScope scope, AccountId account) => scope.List(SelectAll, Map, account);

    /// <summary>The messages that programs have not yet taken out of the scheduling inbox.</summary>
    public static ValueTask<List<(long Id, DateTimeOffset At, byte[] Message)>> Messages(ReadScope scope, AccountId account) => scope.List(SelectMessages, row => (row.Long(0), row.Time(1), row.Bytes(2)), account);

    /// <summary>Takes a message out of the inbox. False where there is none.</summary>
    public static async ValueTask<bool> TakeMessage(WriteScope scope, AccountId account, long id) => await scope.Execute(ClearMessage, account, id) > 0;

    /// <summary>Adds one; the oldest go where there are too many.</summary>
    public static async ValueTask Add(WriteScope scope, AccountId account, EventNotice notice, DateTimeOffset now)
    {
        var seq = await scope.Advance(account, CalendarTypes.CalendarEventNotification);
        await scope.Execute(Insert, account, now, notice.Kind, notice.EventId, notice.Uid, notice.ByName, notice.ByAddress, notice.ByAccount, notice.Comment, CalendarJson.Write(notice.Event), CalendarJson.Write(notice.Patch), notice.Message, seq);
        await Remove(scope, account, await scope.List(SelectOldest, row => (row.Long(0), new Sequence(row.Long(1))), account, MostKept));
    }

    /// <summary>Removes some.</summary>
    public static async ValueTask Remove(WriteScope scope, AccountId account, IReadOnlyCollection<(long Id, Sequence Created)> items)
    {
        if (items.Count == 0) return;
        var seq = await scope.Advance(account, CalendarTypes.CalendarEventNotification);
        await scope.ExecuteMany(DeleteById, [.. items.Select(item => new object?[] { item.Id })]);
        await Tombstones.Bury(scope, account, CalendarTypes.CalendarEventNotification, seq, items);
    }

    static EventNotification Map(Row row) => new()
    {
        Id = row.Long(0),
        CreatedAt = row.Time(1),
        Kind = (EventNotificationKind)row.Long(2),
        EventId = row.LongOrNull(3),
        ByName = row.Text(4),
        ByAddress = row.Text(5),
        ByAccount = row.LongOrNull(6) is { } account ? new AccountId(account) : null,
        Comment = row.TextOrNull(7),
        Event = CalendarJson.Read(row.Text(8)) ?? [],
        Patch = CalendarJson.Read(row.TextOrNull(9)),
        CreatedSeq = new Sequence(row.Long(10)),
    };
}
