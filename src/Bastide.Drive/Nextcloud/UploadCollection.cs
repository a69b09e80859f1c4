using Bastide.Drive.Dav;
using Bastide.Drive.Uploads;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Nextcloud;

/// <summary>One upload: its parts, and as <c>.file</c> what they come to.</summary>
sealed class UploadCollection(UploadDav dav, DavHome home, PartialUpload upload) : DavCollection(home.Path.Child(upload.Name), home)
{
    /// <summary>The name of what all parts come to.</summary>
    public const string Whole = ".file";

    public override Rights Rights => Rights.Owner;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        yield return [.. (await dav.Uploads.Parts(upload, call.Cancellation)).Select(part => new UploadPartResource(this, part))];
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted)
    {
        var found = new List<DavNode>();
        if (names.Contains(Whole)) found.Add(new UploadWhole(dav, this, upload));
        if (names.Any(name => name != Whole)) found.AddRange((await dav.Uploads.Parts(upload, call.Cancellation)).Where(part => names.Contains(part.Name)).Select(part => new UploadPartResource(this, part)));
        return found;
    }

    public override ValueTask<DavStored> Create(DavCall call, string name, DavUpload content, DavGuard guard) => Store(call, name, content);

    /// <summary>Stores a part; sent again, it takes the place of the first.</summary>
    public async ValueTask<DavStored> Store(DavCall call, string name, DavUpload content)
    {
        if (name == Whole) return DavError.MethodNotAllowed;
        var stored = await dav.Blobs.Put(content.Content, call.Cancellation);
        if (content.Length is { } length && length != stored.Size) return DavError.BadRequest("The content ended before its length.");
        return await dav.Uploads.Add(upload, new UploadPart(name, stored.Id, stored.Size), null, call.Cancellation) is { } refused ? DavErrors.Of(refused, this, DavNames.Bind) : DavStored.As(null);
    }

    public override async ValueTask<DavError?> Delete(DavCall call, DavGuard guard)
    {
        await dav.Uploads.End(upload, call.Cancellation);
        return null;
    }
}
