using Bastide.Drive.Uploads;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Nextcloud;

/// <summary>What the parts of an upload come to, one behind the other: it is moved to where the file shall stand.</summary>
sealed class UploadWhole(UploadDav dav, UploadCollection collection, PartialUpload upload) : DavResource(collection.Path.Child(UploadCollection.Whole), collection.Home)
{
    public override Rights Rights => Rights.Owner;

    public override long? ContentLength => upload.Size;

    public override async ValueTask<DavBody?> Open(DavCall call)
    {
        // Interop: nextcloudcmd 3.7.3, 2026-12: it says how much it sent, so that a part that is missing is found out.
        if (long.TryParse(call.Http.Request.Headers["OC-Total-Length"].ToString(), out var said) && said != upload.Size) throw new DavException(DavError.BadRequest("Parts of the upload are missing: send them again."));
        return DavBody.Of(await dav.Uploads.Open(upload, call.Cancellation));
    }

    /// <summary>It has been moved: the upload is over.</summary>
    public override async ValueTask<DavError?> Delete(DavCall call, DavGuard guard)
    {
        await dav.Uploads.End(upload, call.Cancellation);
        return null;
    }
}
