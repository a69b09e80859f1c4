using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>What people were told of their rights, until they put it away.</summary>
static class ShareNotificationTable
{
    const int MostKept = 500;

    /// <summary>What changed since.</summary>
    public static ItemTable Items { get; } = new(ShareNotifications.Type, "share_notifications");

    static readonly Sql SelectAll = new("""
        SELECT id, changed_by, changed_by_name, changed_by_address, object_type, object_account, object_id, old_rights, new_rights, name, created_at, created_seq
        FROM share_notifications WHERE account_id = $1 ORDER BY id LIMIT 1000
        """);

    static readonly Sql Insert = new("""
        INSERT INTO share_notifications (account_id, changed_by, changed_by_name, changed_by_address, object_type, object_account, object_id, old_rights, new_rights, name, created_at, created_seq, changed_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
        """);

    static readonly Sql SelectOldest = new("SELECT id, created_seq FROM share_notifications WHERE account_id = $1 ORDER BY id DESC LIMIT 100 OFFSET $2");
    static readonly Sql DeleteById = new("DELETE FROM share_notifications WHERE id = $1");

    /// <summary>All of a person, from the oldest.</summary>
    public static ValueTask<List<ShareNotification>> All(ReadScope scope, AccountId account) => scope.List(SelectAll, Map, account);

    /// <summary>Adds one; the oldest go where there are too many.</summary>
    public static async ValueTask Add(WriteScope scope, ShareNotice notice, DirectoryEntry? by, DateTimeOffset now)
    {
        var seq = await scope.Advance(notice.For, ShareNotifications.Type);
        await scope.Execute(Insert, notice.For, notice.By, by?.Name ?? "", by?.Address, notice.ObjectType, notice.ObjectAccount, notice.ObjectId, notice.OldRights?.ToJsonString(), notice.NewRights?.ToJsonString(), notice.Name, now, seq);
        await Remove(scope, notice.For, await scope.List(SelectOldest, row => (row.Long(0), new Sequence(row.Long(1))), notice.For, MostKept));
    }

    /// <summary>Removes some.</summary>
    public static async ValueTask Remove(WriteScope scope, AccountId account, IReadOnlyCollection<(long Id, Sequence Created)> items)
    {
        if (items.Count == 0) return;
        var seq = await scope.Advance(account, ShareNotifications.Type);
        await scope.ExecuteMany(DeleteById, [.. items.Select(item => new object?[] { item.Id })]);
        await Tombstones.Bury(scope, account, ShareNotifications.Type, seq, items);
    }

    static ShareNotification Map(Row row) => new(
        row.Long(0), new AccountId(row.Long(1)), row.Text(2), row.TextOrNull(3), row.Text(4), new AccountId(row.Long(5)), row.Text(6), Json(row.TextOrNull(7)), Json(row.TextOrNull(8)), row.Text(9), row.Time(10), new Sequence(row.Long(11)));

    static JsonObject? Json(string? text) => text is null ? null : JsonNode.Parse(text) as JsonObject;
}
