using Bastide.Drive.Dav;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Nextcloud;

/// <summary>The uploads of a person that are no files yet.</summary>
sealed class UploadHome(UploadDav dav, DavHome home) : DavCollection(home.Path, home)
{
    public override Rights Rights => Rights.Owner;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        yield return [.. (await dav.Uploads.All(call.Caller, UploadDav.Kind, call.Cancellation)).Select(upload => new UploadCollection(dav, Home!, upload))];
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted)
    {
        var found = new List<DavNode>();
        foreach (var name in names)
            if (await dav.Uploads.Find(call.Caller, UploadDav.Kind, name, call.Cancellation) is { } upload)
                found.Add(new UploadCollection(dav, Home!, upload));
        return found;
    }

    public override async ValueTask<DavError?> MakeCollection(DavCall call, string name, DavNewCollection collection, DavGuard guard) =>
        await dav.Uploads.Begin(call.Caller, Home!.Account, UploadDav.Kind, name, null, null, call.Cancellation) is { } refused ? DavErrors.Of(refused, this, DavNames.Bind) : null;
}
