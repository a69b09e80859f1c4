using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Drive.Store;

/// <summary>The contents that files had before.</summary>
static class VersionTable
{
    const string Columns = "id, node_id, blob_id, size, type, modified_at, replaced_at, author_id";

    static readonly Sql SelectOfNode = new($"SELECT {Columns} FROM file_versions WHERE node_id = $1 ORDER BY id DESC LIMIT $2");
    static readonly Sql SelectOne = new($"SELECT {Columns} FROM file_versions WHERE node_id = $1 AND id = $2");
    static readonly Sql SelectHolders = new("SELECT DISTINCT node_id FROM file_versions WHERE blob_id = $2 AND account_id = $1 LIMIT 100");
    static readonly Sql SelectBlobs = new("SELECT DISTINCT blob_id FROM file_versions WHERE blob_id {any octets $1}");
    static readonly Sql Insert = new("INSERT INTO file_versions (account_id, node_id, blob_id, size, type, modified_at, replaced_at, author_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    static readonly Sql DeleteMany = new("DELETE FROM file_versions WHERE id {any $1}");

    /// <summary>The former contents of a file, the latest first.</summary>
    public static ValueTask<List<FileVersion>> Of(ReadScope scope, long node, int limit) => scope.List(SelectOfNode, Map, node, limit);

    /// <summary>One of them, or null.</summary>
    public static ValueTask<FileVersion?> Find(ReadScope scope, long node, long id) => scope.First(SelectOne, Map, node, id);

    /// <summary>Some of the files of the account that had these octets.</summary>
    public static ValueTask<List<long>> Holders(ReadScope scope, AccountId account, BlobId blob) => scope.List(SelectHolders, row => row.Long(0), account, blob);

    /// <summary>Which of these octets any file had.</summary>
    public static ValueTask<List<BlobId>> BlobsAmong(ReadScope scope, IReadOnlyList<BlobId> blobs) => scope.List(SelectBlobs, row => new BlobId(row.Bytes(0)), BlobId.Octets(blobs));

    /// <summary>Keeps what a file holds now, before others take its place.</summary>
    public static async ValueTask Keep(WriteScope scope, FileNode file, DateTimeOffset now) =>
        await scope.Execute(Insert, file.Account, file.Id, file.Blob, file.Size, file.Type, file.Modified, now, file.ChangedBy);

    /// <summary>Removes some.</summary>
    public static async ValueTask Delete(WriteScope scope, IEnumerable<FileVersion> versions) => await scope.Execute(DeleteMany, versions.Select(version => version.Id).ToArray());

    static FileVersion Map(Row row) => new(
        row.Long(0), row.Long(1), new BlobId(row.Bytes(2)), row.Long(3), row.TextOrNull(4), row.Time(5), row.Time(6), row.LongOrNull(7) is { } author ? new AccountId(author) : null);
}
