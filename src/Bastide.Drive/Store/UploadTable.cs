using Bastide.Drive.Uploads;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Drive.Store;

/// <summary>Uploads in parts.</summary>
static class UploadTable
{
    const string Columns = "id, account_id, name, length, facts, size, expires_at";

    static readonly Sql SelectOne = new($"SELECT {Columns} FROM file_uploads WHERE person_id = $1 AND kind = $2 AND name = $3 AND expires_at > $4");
    static readonly Sql SelectAll = new($"SELECT {Columns} FROM file_uploads WHERE person_id = $1 AND kind = $2 AND expires_at > $3 ORDER BY name LIMIT $4");
    static readonly Sql Count = new("SELECT COUNT(*) FROM file_uploads WHERE person_id = $1 AND kind = $2");
    static readonly Sql SumOfAccount = new("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file_uploads WHERE account_id = $1");
    static readonly Sql Insert = new("INSERT INTO file_uploads (account_id, person_id, kind, name, length, facts, size, expires_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT DO NOTHING RETURNING id");
    static readonly Sql SetLength = new("UPDATE file_uploads SET length = $2 WHERE id = $1");
    static readonly Sql Prolong = new("UPDATE file_uploads SET size = $2, expires_at = $3 WHERE id = $1");
    static readonly Sql DeleteOne = new("DELETE FROM file_uploads WHERE id = $1");
    static readonly Sql DeleteOld = new("DELETE FROM file_uploads WHERE expires_at <= $1");
    static readonly Sql LockOne = new("SELECT size FROM file_uploads WHERE id = $1 {lock}");
    static readonly Sql SelectParts = new("SELECT name, blob_id, size FROM file_upload_parts WHERE upload_id = $1 ORDER BY name LIMIT 10000");
    static readonly Sql SelectPart = new("SELECT name, blob_id, size FROM file_upload_parts WHERE upload_id = $1 AND name = $2");
    static readonly Sql UpsertPart = new("INSERT INTO file_upload_parts (upload_id, name, blob_id, size) VALUES ($1, $2, $3, $4) ON CONFLICT (upload_id, name) DO UPDATE SET blob_id = excluded.blob_id, size = excluded.size");
    static readonly Sql CountOfParts = new("SELECT COUNT(*) FROM file_upload_parts WHERE upload_id = $1");
    static readonly Sql DeleteParts = new("DELETE FROM file_upload_parts WHERE upload_id = $1");
    static readonly Sql SelectBlobs = new("SELECT DISTINCT blob_id FROM file_upload_parts WHERE blob_id {any octets $1}");

    /// <summary>An upload of a person, or null.</summary>
    public static ValueTask<PartialUpload?> Find(ReadScope scope, AccountId person, string kind, string name, DateTimeOffset now) => scope.First(SelectOne, Map, person, kind, name, now);

    /// <summary>The uploads of a person.</summary>
    public static ValueTask<List<PartialUpload>> All(ReadScope scope, AccountId person, string kind, DateTimeOffset now, int limit) => scope.List(SelectAll, Map, person, kind, now, limit);

    /// <summary>How many a person has.</summary>
    public static async ValueTask<long> CountOf(ReadScope scope, AccountId person, string kind) => (await scope.Long(Count, person, kind))!.Value;

    /// <summary>The octets of all uploads into an account.</summary>
    public static async ValueTask<long> Octets(ReadScope scope, AccountId account) => (await scope.Long(SumOfAccount, account))!.Value;

    /// <summary>Begins one; null where there is one of the name.</summary>
    public static ValueTask<long?> Begin(WriteScope scope, AccountId account, AccountId person, string kind, string name, long? length, string? facts, DateTimeOffset expires) =>
        scope.Long(Insert, account, person, kind, name, length, facts, expires);

    /// <summary>How many octets one has, held until the end of the transaction; null where it is gone.</summary>
    public static ValueTask<long?> Hold(WriteScope scope, long upload) => scope.Long(LockOne, upload);

    /// <summary>Says how many octets there will be.</summary>
    public static async ValueTask SetLengthOf(WriteScope scope, long upload, long length) => await scope.Execute(SetLength, upload, length);

    /// <summary>Notes how many octets there are, and that it is kept for longer.</summary>
    public static async ValueTask SetSize(WriteScope scope, long upload, long size, DateTimeOffset expires) => await scope.Execute(Prolong, upload, size, expires);

    /// <summary>Adds a part, or puts it in place of the one of its name.</summary>
    public static async ValueTask Add(WriteScope scope, long upload, UploadPart part) => await scope.Execute(UpsertPart, upload, part.Name, part.Blob, part.Size);

    /// <summary>How many parts one has.</summary>
    public static async ValueTask<long> CountParts(ReadScope scope, long upload) => (await scope.Long(CountOfParts, upload))!.Value;

    /// <summary>Puts one part in place of all.</summary>
    public static async ValueTask Replace(WriteScope scope, long upload, UploadPart part)
    {
        await scope.Execute(DeleteParts, upload);
        await Add(scope, upload, part);
    }

    /// <summary>Ends one; its parts go with it.</summary>
    public static async ValueTask Delete(WriteScope scope, long upload) => await scope.Execute(DeleteOne, upload);

    /// <summary>Ends those whose time is over; answers how many.</summary>
    public static ValueTask<int> DeleteExpired(WriteScope scope, DateTimeOffset now) => scope.Execute(DeleteOld, now);

    /// <summary>The parts of one.</summary>
    public static ValueTask<List<UploadPart>> Parts(ReadScope scope, long upload) => scope.List(SelectParts, MapPart, upload);

    /// <summary>One part, or null.</summary>
    public static ValueTask<UploadPart?> Part(ReadScope scope, long upload, string name) => scope.First(SelectPart, MapPart, upload, name);

    /// <summary>Which of these octets any part has.</summary>
    public static ValueTask<List<BlobId>> BlobsAmong(ReadScope scope, IReadOnlyList<BlobId> blobs) => scope.List(SelectBlobs, row => new BlobId(row.Bytes(0)), BlobId.Octets(blobs));

    static PartialUpload Map(Row row) => new(row.Long(0), new AccountId(row.Long(1)), row.Text(2), row.LongOrNull(3), row.TextOrNull(4), row.Long(5), row.Time(6));

    static UploadPart MapPart(Row row) => new(row.Text(0), new BlobId(row.Bytes(1)), row.Long(2));
}
