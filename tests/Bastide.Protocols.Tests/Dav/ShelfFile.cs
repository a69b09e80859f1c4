using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>A file of <see cref="Shelves"/>.</summary>
sealed class ShelfFile(Shelves shelves, ShelfEntry entry, DavPath path, DavHome home, Rights rights) : DavResource(path, home)
{
    public ShelfEntry Entry => entry;

    public override Rights Rights => rights;

    public override string? DisplayName => entry.DisplayName;

    public override string? ETag => ETagOf(entry);

    public override DateTimeOffset? Created => entry.Created;

    public override DateTimeOffset? Modified => entry.Modified;

    public override string? ContentType => entry.ContentType;

    public override long? ContentLength => entry.Content.Length;

    public override bool IsLockable => true;

    public override bool KeepsDeadProperties => true;

    public override IReadOnlyList<DavDeadProperty> DeadProperties => [.. entry.Dead.Values];

    public static string ETagOf(ShelfEntry entry) => string.Create(CultureInfo.InvariantCulture, $"\"{entry.ChangedSeq.Value}\"");

    public override ValueTask<DavBody?> Open(DavCall call) =>
        new(entry.Content.Length % 2 == 0 ? DavBody.Of(entry.Content) : DavBody.Of(new MemoryStream(entry.Content)));

    public override async ValueTask<DavStored> Replace(DavCall call, DavUpload upload, DavGuard guard)
    {
        if (!rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.WriteContent);
        if (await Shelves.Read(upload, call) is not { } content) return new DavError(413);
        if (!await shelves.HasRoom(call, Home!.Account, content.Length)) return DavError.QuotaExceeded;
        if (await call.Find(Path.Parent!, DavWanted.None) is not ShelfCollection parent) return DavError.Conflict;
        string? etag = null;
        var error = await shelves.Change(call, Home!.Account, [guard], sequence =>
        {
            var old = parent.Entry.Members!.GetValueOrDefault(Path.Name);
            if (guard.ETag is { } expected && (old is null || ETagOf(old) != expected)) return DavError.PreconditionFailed;
            var file = ShelfEntry.File(old, content, upload.ContentType, sequence, shelves.Time.GetUtcNow());
            parent.Entry.Add(Path.Name, file, sequence);
            etag = ETagOf(file);
            return null;
        });
        return new DavStored(error, etag);
    }

    public override async ValueTask<DavError?> Patch(DavCall call, IReadOnlyList<DavPropertyChange> changes, DavGuard guard)
    {
        if (!rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.WriteProperties);
        return await shelves.Change(call, Home!.Account, [guard], _ =>
        {
            entry.Patch(changes);
            return null;
        });
    }

    public override ValueTask<DavError?> Delete(DavCall call, DavGuard guard) => shelves.Delete(call, this, guard);
}
