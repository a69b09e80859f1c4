using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Drive;

/// <summary>The octets of files, of their versions, and of uploads in parts: for who may read one of the files that have or had them.</summary>
sealed class DriveBlobs(Database database) : IBlobReferences
{
    public ValueTask<bool> MayRead(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation) => database.Read(async scope =>
    {
        var rights = await FileRights.Of(scope, caller, account);
        if (rights.SeesNothing) return false;
        var holders = await NodeTable.Holders(scope, account, blob);
        if (holders.Count == 0 || !rights.SeesAll) holders.AddRange(await VersionTable.Holders(scope, account, blob));
        if (rights.SeesAll) return holders.Count > 0;
        return (await NodeTable.Paths(scope, account, holders)).Values.Any(path => rights.On(path).HasFlag(Rights.Read));
    }, cancellation);

    public ValueTask<IReadOnlySet<BlobId>> ReferencedAmong(IReadOnlyList<BlobId> asked, CancellationToken cancellation) => database.Read<IReadOnlySet<BlobId>>(async scope =>
    {
        var referenced = (await NodeTable.BlobsAmong(scope, asked)).ToHashSet();
        referenced.UnionWith(await VersionTable.BlobsAmong(scope, asked));
        referenced.UnionWith(await UploadTable.BlobsAmong(scope, asked));
        return referenced;
    }, cancellation);
}
