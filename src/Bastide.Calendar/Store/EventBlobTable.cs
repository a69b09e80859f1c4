using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>Which blobs are attached to which objects.</summary>
static class EventBlobTable
{
    static readonly Sql DeleteOfObject = new("DELETE FROM calendar_event_blobs WHERE object_id = $1");
    static readonly Sql Insert = new("INSERT INTO calendar_event_blobs (object_id, blob_id, size) VALUES ($1, $2, $3)");
    static readonly Sql SelectOfObject = new("SELECT blob_id, size FROM calendar_event_blobs WHERE object_id = $1");
    static readonly Sql SelectAny = new("SELECT 1 FROM calendar_event_blobs WHERE blob_id = $1 LIMIT 1");
    static readonly Sql SelectHolders = new("""
        SELECT o.calendar_id, o.privacy FROM calendar_event_blobs b JOIN calendar_objects o ON o.id = b.object_id WHERE b.blob_id = $2 AND o.account_id = $1 LIMIT 100
        """);

    /// <summary>The blobs an object refers to, and how much of its account's room each takes.</summary>
    public static async ValueTask<Dictionary<BlobId, long>> Of(ReadScope scope, long id) =>
        (await scope.List(SelectOfObject, row => (Blob: new BlobId(row.Bytes(0)), Size: row.Long(1)), id)).ToDictionary(one => one.Blob, one => one.Size);

    /// <summary>Puts these in the place of those an object refers to.</summary>
    public static async ValueTask Replace(WriteScope scope, long id, IReadOnlyDictionary<BlobId, long> blobs)
    {
        await scope.Execute(DeleteOfObject, id);
        await scope.ExecuteMany(Insert, [.. blobs.Select(one => new object?[] { id, one.Key, one.Value })]);
    }

    /// <summary>Whether any object refers to the blob.</summary>
    public static ValueTask<bool> IsReferenced(ReadScope scope, BlobId blob) => scope.Any(SelectAny, blob);

    /// <summary>The calendars in the account of objects that refer to the blob, and how private these are.</summary>
    public static ValueTask<List<(long Calendar, EventPrivacy Privacy)>> Holders(ReadScope scope, AccountId account, BlobId blob) =>
        scope.List(SelectHolders, row => (row.Long(0), (EventPrivacy)row.Long(1)), account, blob);
}
