using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Dav;

/// <summary>A file.</summary>
/// <param name="dav">The module.</param>
/// <param name="path">Where it stands.</param>
/// <param name="home">The tree it stands in.</param>
/// <param name="file">The file.</param>
/// <param name="properties">What programs set on it, where that was asked for.</param>
sealed class FileResource(FileDav dav, DavPath path, DavHome home, FilePath file, ILookup<long, (string Name, string Xml)>? properties) : DavResource(path, home)
{
    /// <summary>The file with what it stands in.</summary>
    public FilePath File => file;

    public override Rights Rights => file.Rights;

    public override string? DisplayName => file.Node.Name;

    public override string? ETag => file.Node.ETag;

    public override DateTimeOffset? Created => file.Node.Created;

    public override DateTimeOffset? Modified => file.Node.Modified;

    public override string? ContentType => file.Node.Type;

    public override long? ContentLength => file.Node.Size;

    public override bool IsLockable => true;

    public override bool KeepsDeadProperties => true;

    public override IReadOnlyList<DavDeadProperty> DeadProperties =>
        properties is null ? [] : [.. properties[file.Node.Id].Select(property => new DavDeadProperty(XName.Get(property.Name), property.Xml))];

    public override async ValueTask<DavBody?> Open(DavCall call)
    {
        if (await dav.Nodes.Open(file.Node, call.Cancellation) is not { } content) return null;
        // Interop: nextcloudcmd 3.7.3, 2026-12: it compares what it has read with it.
        if (file.Node.Checksum is { } checksum) call.Http.Response.Headers["OC-Checksum"] = checksum.Split(' ')[0];
        return DavBody.Of(content);
    }

    public override async ValueTask<DavStored> Replace(DavCall call, DavUpload upload, DavGuard guard)
    {
        if (!file.Rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.WriteContent);
        var (content, error) = await dav.Take(call, this, file.Node.Account, file.Node.Name, upload);
        if (content is null) return error!;
        var locked = new DavLocked(guard);
        var outcome = await dav.Files.SetContent(call.Caller, file.Node.Account, file.Node.Id, content, locked.Condition, call.Cancellation);
        return outcome.Refused is { } refused ? DavErrors.Of(refused, this, DavNames.WriteContent, locked) : FileDav.Stored(call, outcome.Node!);
    }

    public override ValueTask<DavError?> Patch(DavCall call, IReadOnlyList<DavPropertyChange> changes, DavGuard guard) => dav.Patch(call, this, file.Node, changes, guard);

    public override ValueTask<DavError?> Delete(DavCall call, DavGuard guard) => dav.Trash(call, this, file.Node, guard);
}
