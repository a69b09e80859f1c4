using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Protocols.Dav;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>A collection of <see cref="Shelves"/>.</summary>
sealed class ShelfCollection(Shelves shelves, ShelfEntry entry, DavPath path, DavHome home, ShelfAccess access, Rights rights) : DavCollection(path, home), IDavShared
{
    const int Page = 100;

    public ShelfEntry Entry => entry;

    /// <summary>Where single collections alone are shared, one sees the way to them.</summary>
    public override Rights Rights => rights == Rights.None ? Rights.Lookup : rights;

    public override IDavShared? Shared => Path.Depth > 2 ? this : null;

    public override IReadOnlyList<XName> ResourceTypes => entry.Types;

    public override string? DisplayName => entry.DisplayName;

    public override DateTimeOffset? Created => entry.Created;

    public override DateTimeOffset? Modified => entry.Modified;

    public override bool IsLockable => true;

    public override bool KeepsDeadProperties => true;

    public override IReadOnlyList<DavDeadProperty> DeadProperties => [.. entry.Dead.Values];

    public override Sequence? SyncState => entry.State;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        await Task.CompletedTask;
        foreach (var page in shelves.Read(() => entry.Members!.ToList()).Chunk(Page)) yield return [.. page.Select(member => Node(member.Key, member.Value)).OfType<DavNode>()];
    }

    public override ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) =>
        new(shelves.Read<IReadOnlyList<DavNode>>(() => [.. names.Where(entry.Members!.ContainsKey).Select(name => Node(name, entry.Members![name])).OfType<DavNode>()]));

    public override async ValueTask<DavStored> Create(DavCall call, string name, DavUpload upload, DavGuard guard)
    {
        if (!rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.Bind);
        if (await Shelves.Read(upload, call) is not { } content) return new DavError(413);
        if (!await shelves.HasRoom(call, Home!.Account, content.Length)) return DavError.QuotaExceeded;
        string? etag = null;
        var error = await shelves.Change(call, Home!.Account, [guard], sequence =>
        {
            if (entry.Members!.ContainsKey(name)) return DavError.PreconditionFailed;
            var file = ShelfEntry.File(null, content, upload.ContentType, sequence, shelves.Time.GetUtcNow());
            entry.Add(name, file, sequence);
            etag = ShelfFile.ETagOf(file);
            return null;
        });
        return new DavStored(error, etag);
    }

    public override async ValueTask<DavError?> MakeCollection(DavCall call, string name, DavNewCollection collection, DavGuard guard)
    {
        if (!rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.Bind);
        if (collection.ResourceTypes.Any(type => type != Shelves.Shelf)) return DavError.Violated(DavNames.Of("valid-resourcetype")) with { Property = DavNames.ResourceType };
        return await shelves.Change(call, Home!.Account, [guard], sequence =>
        {
            if (entry.Members!.ContainsKey(name)) return DavError.MethodNotAllowed;
            var made = ShelfEntry.Collection(sequence, shelves.Time.GetUtcNow(), collection.ResourceTypes);
            made.Patch(collection.Properties);
            entry.Add(name, made, sequence);
            return null;
        });
    }

    public override async ValueTask<DavError?> Copy(DavCall call, DavTransfer transfer)
    {
        if (EntryOf(transfer.Source) is not { } source) return await base.Copy(call, transfer);
        if (!rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.Bind);
        return await shelves.Change(call, Home!.Account, [transfer.Guard], sequence =>
        {
            entry.Remove(transfer.Name, sequence);
            entry.Add(transfer.Name, source.Copy(sequence, transfer.WithMembers), sequence);
            return null;
        });
    }

    public override async ValueTask<DavError?> Move(DavCall call, DavTransfer transfer)
    {
        if (EntryOf(transfer.Source) is not { } source) return await base.Move(call, transfer);
        if (!rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(this, DavNames.Bind);
        if (await call.Find(transfer.Source.Path.Parent!, DavWanted.None) is not ShelfCollection from) return DavError.Forbidden;
        if (!from.Rights.HasFlag(Rights.Delete)) return DavError.NeedPrivileges(from, DavNames.Unbind);
        return await shelves.Change(call, Home!.Account, [transfer.Guard, transfer.SourceGuard], sequence =>
        {
            entry.Remove(transfer.Name, sequence);
            from.Entry.Remove(transfer.Source.Path.Name, sequence);
            source.CreatedSeq = sequence;
            source.ChangedSeq = sequence;
            entry.Add(transfer.Name, source, sequence);
            return null;
        });
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

    public override ValueTask<DavChanges?> Changes(DavCall call, Sequence? since, int limit, DavWanted wanted) => new(shelves.Read(() =>
    {
        if (since > entry.State) return null;
        var from = since ?? default;
        var rows = entry.Members!.Where(member => member.Value.ChangedSeq > from).Select(member => (member.Key, Entry: (ShelfEntry?)member.Value, Seq: member.Value.ChangedSeq))
            .Concat(entry.Gone.Where(gone => since is not null && gone.Gone > from && gone.Created <= from).Select(gone => (Key: gone.Name, Entry: (ShelfEntry?)null, Seq: gone.Gone)))
            .OrderBy(row => row.Seq).ToList();
        // Cut between two numbers only.
        var count = Math.Min(limit, rows.Count);
        while (count < rows.Count && rows[count].Seq == rows[count - 1].Seq) count++;
        var told = rows[..count];
        return new DavChanges(
            [.. told.Where(row => row.Entry is not null).Select(row => Node(row.Key, row.Entry!)).OfType<DavNode>()],
            [.. told.Where(row => row.Entry is null).Select(row => row.Key)],
            count < rows.Count ? told[^1].Seq : entry.State,
            count < rows.Count);
    }));

    public async ValueTask<IReadOnlyList<Grant>?> Grants(DavCall call) =>
        (await shelves.Database.Read(scope => Access.Grants(scope, Home!.Account), call.Cancellation)).FindAll(grant => grant.Collection is null || grant.Collection.Value.Id == entry.Id);

    public async ValueTask<DavError?> SetGrants(DavCall call, IReadOnlyDictionary<AccountId, Rights> grants, DavGuard guard)
    {
        if (!rights.HasFlag(Rights.Manage)) return DavError.NeedPrivileges(this, DavNames.WriteAcl);
        var reference = new CollectionRef(Shelves.Type, entry.Id);
        await shelves.Database.Write(async scope =>
        {
            await Access.Forget(scope, Home!.Account, reference);
            foreach (var (grantee, given) in grants) await Access.Give(scope, new Grant(Home!.Account, reference, grantee, given));
        }, call.Cancellation);
        return null;
    }

    /// <summary>Null where it is not for the caller.</summary>
    DavNode? Node(string name, ShelfEntry member) => access.On(rights, member) is var given and not Rights.None ? shelves.Node(member, Path.Child(name), Home!, access, given) : null;

    static ShelfEntry? EntryOf(DavNode node) => node switch
    {
        ShelfCollection collection => collection.Entry,
        ShelfFile file => file.Entry,
        _ => null,
    };
}
