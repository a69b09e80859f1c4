using Bastide.Drive.Store;
using Bastide.Drive.Uploads;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Nextcloud;

/// <summary>
/// Uploads in parts as the programs of Nextcloud do them: <c>MKCOL uploads/ADDRESS/ID</c>, a <c>PUT</c> for each part into it, and
/// in the end a <c>MOVE</c> of <c>.file</c> from it to where the file shall stand.
/// </summary>
sealed class UploadDav(PartialUploads uploads, BlobStore blobs) : IDavModule, IDavHomes
{
    /// <summary>The kind these uploads are kept under.</summary>
    public const string Kind = "nextcloud";

    public string Name => "uploads";

    public string Scope => FileRights.Scope;

    public PartialUploads Uploads => uploads;

    public BlobStore Blobs => blobs;

    public void Register(DavTable table) => table.AddHomes(this);

    /// <summary>Uploads are their person's own; nobody sees those of others.</summary>
    public ValueTask<IReadOnlyList<DavCollection>> Homes(DavCall call, IReadOnlyList<DavHome> homes, DavWanted wanted) =>
        new([.. homes.Where(home => home.Account == call.Caller.Person).Select(home => new UploadHome(this, home))]);

    public async ValueTask<DavNode?> Find(DavCall call, DavHome home, IReadOnlyList<string> names, DavWanted wanted)
    {
        if (home.Account != call.Caller.Person || names.Count > 2 || await uploads.Find(call.Caller, Kind, names[0], call.Cancellation) is not { } upload) return null;
        var collection = new UploadCollection(this, home, upload);
        call.Pass(collection);
        return names.Count == 1 ? collection : await collection.Find(call, [names[1]], wanted) is [var part] ? part : null;
    }
}
