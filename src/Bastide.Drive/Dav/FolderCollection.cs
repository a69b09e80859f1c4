using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Dav;

/// <summary>A folder, or the root of an account's files.</summary>
/// <param name="dav">The module.</param>
/// <param name="path">Where it stands.</param>
/// <param name="home">The tree it stands in.</param>
/// <param name="folder">The folder.</param>
/// <param name="properties">What programs set on it, where that was asked for.</param>
sealed class FolderCollection(FileDav dav, DavPath path, DavHome home, FilePath folder, ILookup<long, (string Name, string Xml)>? properties) : DavCollection(path, home)
{
    const int Size = 500;

    /// <summary>The folder with what it stands in.</summary>
    public FilePath File => folder;

    /// <summary>Where something below alone is shared, one sees the way to it.</summary>
    public override Rights Rights => folder.Rights == Rights.None ? Rights.Lookup : folder.Rights;

    public override string? DisplayName => folder.Node.Role == FileRole.Root ? Home!.Owner ?? Home.Address : folder.Node.Name;

    public override string? ETag => folder.Node.ETag;

    public override DateTimeOffset? Created => folder.Node.Created;

    public override DateTimeOffset? Modified => folder.Node.Modified;

    public override bool IsLockable => true;

    public override bool KeepsDeadProperties => folder.Node.Role == FileRole.None;

    public override IReadOnlyList<DavDeadProperty> DeadProperties =>
        properties is null ? [] : [.. properties[folder.Node.Id].Select(property => new DavDeadProperty(XName.Get(property.Name), property.Xml))];

    public override Sequence? SyncState => folder.Node.MembersSeq;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        var after = "";
        while (true)
        {
            var (members, last) = await dav.Nodes.Page(call.Caller, folder, after, Size, call.Cancellation);
            if (members.Count > 0) yield return await dav.Wrap(call, Home!, members, wanted);
            if (last is null) break;
            after = last;
        }
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) =>
        await dav.Wrap(call, Home!, await dav.Nodes.Members(call.Caller, folder, [.. names], call.Cancellation), wanted);

    public override async ValueTask<DavStored> Create(DavCall call, string name, DavUpload upload, DavGuard guard)
    {
        if (FileNames.Of(name) is null) return DavErrors.Of(FileError.Name, this, DavNames.Bind);
        if (!folder.Rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.Bind);
        var (content, error) = await dav.Take(call, this, folder.Node.Account, name, upload);
        if (content is null) return error!;
        var locked = new DavLocked(guard);
        var outcome = await dav.Files.Put(call.Caller, folder.Node.Account, folder.Node.Id, name, content, null, locked.Condition, call.Cancellation);
        return outcome.Refused is { } refused ? DavErrors.Of(refused, this, DavNames.Bind, locked) : FileDav.Stored(call, outcome.Node!);
    }

    public override async ValueTask<DavError?> MakeCollection(DavCall call, string name, DavNewCollection collection, DavGuard guard)
    {
        if (collection.ResourceTypes.Count > 0) return DavError.Violated(DavNames.Of("valid-resourcetype")) with { Property = DavNames.ResourceType };
        if (collection.Properties.FirstOrDefault(property => !property.IsDead) is { } live) return DavError.Forbidden with { Property = live.Name };
        var locked = new DavLocked(guard);
        var outcome = await dav.Files.MakeFolder(
            call.Caller, folder.Node.Account, folder.Node.Id, name, new FileFacts(), [.. collection.Properties.Select(property => (property.Name.ToString(), property.Xml))], locked.Condition, call.Cancellation);
        if (outcome.Refused is { } refused) return DavErrors.Of(refused, this, DavNames.Bind, locked);
        FileDav.Tell(call, outcome.Node!);
        return null;
    }

    public override async ValueTask<DavError?> Copy(DavCall call, DavTransfer transfer)
    {
        if (FileDav.NodeOf(transfer.Source) is not { } source) return await base.Copy(call, transfer);
        var locked = new DavLocked(transfer.Guard);
        var outcome = await dav.Files.Copy(call.Caller, source.Account, source.Id, PlaceOf(transfer), transfer.WithMembers, locked.Condition, call.Cancellation);
        return outcome.Refused is { } refused ? DavErrors.Of(refused, this, DavNames.Bind, locked) : null;
    }

    public override async ValueTask<DavError?> Move(DavCall call, DavTransfer transfer)
    {
        if (FileDav.NodeOf(transfer.Source) is not { } source) return await base.Move(call, transfer);
        var (from, locked) = (new DavLocked(transfer.SourceGuard), new DavLocked(transfer.Guard));
        var outcome = await dav.Files.Move(call.Caller, source.Account, source.Id, PlaceOf(transfer), from.Condition, locked.Condition, call.Cancellation);
        return outcome.Refused is { } refused ? DavErrors.Of(refused, this, DavNames.Bind, from.Error is null ? locked : from) : null;
    }

    public override ValueTask<DavError?> Patch(DavCall call, IReadOnlyList<DavPropertyChange> changes, DavGuard guard) => dav.Patch(call, this, folder.Node, changes, guard);

    public override ValueTask<DavError?> Delete(DavCall call, DavGuard guard) => dav.Trash(call, this, folder.Node, guard);

    public override async ValueTask<DavChanges?> Changes(DavCall call, Sequence? since, int limit, DavWanted wanted) =>
        await dav.Nodes.Changes(call.Caller, folder, since, limit, call.Cancellation) is { } changes
            ? new DavChanges(await dav.Wrap(call, Home!, changes.Changed, wanted), changes.Gone, changes.State, changes.HasMore)
            : null;

    FilePlace PlaceOf(DavTransfer transfer) => new(folder.Node.Account, folder.Node.Id, transfer.Name, Replaces: transfer.Replaced is not null);
}
