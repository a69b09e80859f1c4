using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Drive;

/// <summary>The contents that files had before: listed, read, put back, removed.</summary>
public sealed class FileVersions(Database database, BlobStore blobs, Files files)
{
    /// <summary>The former contents of a file, the latest first; null where the caller does not see the file.</summary>
    public ValueTask<(FilePath File, IReadOnlyList<FileVersion> Versions)?> List(Caller caller, AccountId account, long file, CancellationToken cancellation) =>
        database.Read<(FilePath, IReadOnlyList<FileVersion>)?>(async scope =>
            await Path(scope, caller, account, file) is { } path ? (path, await VersionTable.Of(scope, file, VersionPolicy.Most * 2)) : null, cancellation);

    /// <summary>One of them; null where there is none, or not for the caller.</summary>
    public ValueTask<FileVersion?> Find(Caller caller, AccountId account, long file, long version, CancellationToken cancellation) =>
        database.Read<FileVersion?>(async scope => await Path(scope, caller, account, file) is null ? null : await VersionTable.Find(scope, file, version), cancellation);

    /// <summary>Its octets.</summary>
    public async ValueTask<Stream?> Open(FileVersion version, CancellationToken cancellation) => await blobs.Open(version.Blob, cancellation);

    /// <summary>Puts a former content back; the present one becomes a version, so that this can be undone.</summary>
    public async Task<FileOutcome> Restore(Caller caller, AccountId account, long file, long version, CancellationToken cancellation) =>
        await Find(caller, account, file, version, cancellation) is { } found
            ? await files.SetContent(caller, account, file, new FileContent(found.Blob, found.Size, found.Type), FileCondition.None, cancellation)
            : FileError.NotFound;

    /// <summary>Removes a former content for good.</summary>
    public Task<FileOutcome> Delete(Caller caller, AccountId account, long file, long version, CancellationToken cancellation) =>
        files.Write(caller, account, async (scope, work, rights) =>
        {
            if (await Files.Seen(work, rights, file) is not { } path || await VersionTable.Find(scope, file, version) is not { } found) return FileError.NotFound;
            if (!path.Rights.HasFlag(Rights.Delete)) return FileError.Forbidden("You may not remove versions of this file: ask its owner.");
            await work.Forget(path.Nodes, found);
            return await Files.Now(work, file);
        }, cancellation);

    static async ValueTask<FilePath?> Path(ReadScope scope, Caller caller, AccountId account, long file)
    {
        var rights = await FileRights.Of(scope, caller, account);
        if (rights.SeesNothing || (await NodeTable.Paths(scope, account, [file])).GetValueOrDefault(file) is not { } nodes) return null;
        return rights.On(nodes) is var may && may.HasFlag(Rights.Read) ? new FilePath(nodes, may) : null;
    }
}
