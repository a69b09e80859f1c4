using Bastide.Drive.Uploads;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Nextcloud;

/// <summary>A part of an upload: programs ask how long it is, to go on where they were interrupted.</summary>
sealed class UploadPartResource(UploadCollection upload, UploadPart part) : DavResource(upload.Path.Child(part.Name), upload.Home)
{
    public override Rights Rights => Rights.Owner;

    public override long? ContentLength => part.Size;

    /// <summary>It is not read again on its own.</summary>
    public override bool HasContent => false;

    public override ValueTask<DavStored> Replace(DavCall call, DavUpload content, DavGuard guard) => upload.Store(call, part.Name, content);
}
