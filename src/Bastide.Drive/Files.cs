using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Drive;

/// <summary>
/// Changing files and folders, for every protocol: each operation asks who may within its own transaction, and answers an error
/// as a value. What is replaced becomes a version, what is thrown away stands in the trash.
/// </summary>
public sealed class Files(Database database, TimeProvider time)
{
    /// <summary>The most files and folders of an account.</summary>
    public const int Most = 10_000_000;

    /// <summary>The most folders within one another.</summary>
    public const int Deepest = 90;

    /// <summary>The most properties of programs' own on one node.</summary>
    public const int MostProperties = 100;

    const string MayNotAdd = "You may not put anything into this folder: ask its owner for the right to write.";
    const string MayNotChange = "You may not change this: ask its owner for the right to write.";
    const string MayNotRemove = "You may not remove this: ask its owner for the right to.";

    /// <summary>Puts octets under a name: a new file, or a new version of the one there is.</summary>
    public Task<FileOutcome> Put(Caller caller, AccountId account, long folder, string said, FileContent content, DateTimeOffset? created, FileCondition condition, CancellationToken cancellation) =>
        Write(caller, account, async (scope, work, rights) =>
        {
            if (FileNames.Of(said) is not { } name) return FileError.Name;
            if (await Seen(work, rights, folder) is not { } above) return FileError.NotFound;
            if (await work.Member(above.Node, name) is { } present)
            {
                if (condition.MustBeNew) return FileError.StateMismatch;
                return await Replace(scope, work, new FilePath([.. above.Nodes, present], rights.On(above.Rights, present)), content, condition);
            }

            if (condition.ETag is not null) return FileError.StateMismatch;
            if (!above.Node.IsFolder) return FileError.NoFolder;
            if (above.IsInTrash || !above.Rights.HasFlag(Rights.Write)) return FileError.Forbidden(MayNotAdd);
            if (await Locked(scope, work, condition, above.Nodes, name)) return FileError.Locked;
            var (id, refused) = await work.CreateFile(above.Nodes, name, content, created);
            return refused is null ? await Now(work, id) : refused;
        }, cancellation);

    /// <summary>Puts other octets into a file.</summary>
    public Task<FileOutcome> SetContent(Caller caller, AccountId account, long file, FileContent content, FileCondition condition, CancellationToken cancellation) =>
        Write(caller, account, async (scope, work, rights) =>
            await Seen(work, rights, file) is { } path ? await Replace(scope, work, path, content, condition) : FileError.NotFound, cancellation);

    /// <summary>Makes a folder; what it begins with is properties of programs' own.</summary>
    public Task<FileOutcome> MakeFolder(
        Caller caller, AccountId account, long folder, string said, FileFacts facts, IReadOnlyList<(string Name, string? Xml)> properties, FileCondition condition, CancellationToken cancellation) =>
        Write(caller, account, async (scope, work, rights) =>
        {
            if (FileNames.Of(said) is not { } name) return FileError.Name;
            if (await Seen(work, rights, folder) is not { } above) return FileError.NotFound;
            if (!above.Node.IsFolder) return FileError.NoFolder;
            if (await work.Member(above.Node, name) is { } present) return FileError.Exists(present);
            if (above.IsInTrash || !above.Rights.HasFlag(Rights.Write)) return FileError.Forbidden(MayNotAdd);
            if (await Locked(scope, work, condition, above.Nodes, name)) return FileError.Locked;
            var (id, refused) = await work.CreateFolder(above.Nodes, name, facts.Created, facts.Modified);
            if (refused is not null) return refused;
            if (properties.Count > 0 && await work.SetProperties((await work.Path(id))!, properties) is { } wrong) return wrong;
            return await Now(work, id);
        }, cancellation);

    /// <summary>Notes what is said of a node, and sets or removes properties of programs' own.</summary>
    public Task<FileOutcome> Patch(Caller caller, AccountId account, long node, FileFacts facts, IReadOnlyList<(string Name, string? Xml)> properties, FileCondition condition, CancellationToken cancellation) =>
        Write(caller, account, async (scope, work, rights) =>
        {
            if (await Seen(work, rights, node) is not { } path) return FileError.NotFound;
            if (path.Node.Role != FileRole.None || path.IsInTrash || !path.Rights.HasFlag(Rights.Write)) return FileError.Forbidden(MayNotChange);
            if (condition.ETag is { } expected && expected != path.Node.ETag) return FileError.StateMismatch;
            if (await Locked(scope, work, condition, path.Nodes, null)) return FileError.Locked;
            if (properties.Count > 0 && await work.SetProperties(path.Nodes, properties) is { } wrong) return wrong;
            if (facts != new FileFacts())
                await work.SetFacts(path.Nodes, path.Node with { Type = facts.Type ?? path.Node.Type, IsExecutable = facts.IsExecutable ?? path.Node.IsExecutable, Created = facts.Created ?? path.Node.Created, Modified = facts.Modified ?? path.Node.Modified });
            return await Now(work, node);
        }, cancellation);

    /// <summary>Puts a node with all below it elsewhere; into another account it is copied, and the original thrown away.</summary>
    public Task<FileOutcome> Move(Caller caller, AccountId account, long node, FilePlace place, FileCondition source, FileCondition destination, CancellationToken cancellation) =>
        Write(caller, account, place.Account, async (scope, from, fromRights, to, toRights) =>
        {
            if (await Seen(from, fromRights, node) is not { } path) return FileError.NotFound;
            if (path.Node.Role != FileRole.None || path.IsInTrash) return FileError.Forbidden(MayNotRemove);
            if (source.ETag is { } expected && expected != path.Node.ETag) return FileError.StateMismatch;
            // To call it something else is a change of it; to take it away from where it is, a removal.
            var isRenamed = place.Account == account && path.Node.ParentId == place.Folder;
            if (!path.Rights.HasFlag(isRenamed ? Rights.Write : Rights.Delete)) return FileError.Forbidden(MayNotRemove);
            if (await Locked(scope, from, source, path.Nodes, null, withBelow: true)) return FileError.Locked;
            var (above, name, refused) = await Prepare(scope, to, toRights, place, path.Node, destination, isMove: true);
            if (refused is not null) return refused;
            if (isRenamed && name == path.Node.Name) return new FileOutcome(null, path.Node);
            // What was replaced may have stood above or below: the way is read again.
            if (await from.Path(node) is not { } now || now[0].Role != FileRole.Root) return FileError.NotFound;
            if (ReferenceEquals(from, to)) return await from.Move(now, above!.Nodes, name) is { } wrong ? wrong : await Now(from, node);
            var (id, failed) = await to.Copy(path.Node, above!.Nodes, name, withMembers: true);
            if (failed is not null) return failed;
            return await from.Trash(now) is { } stuck ? stuck : await Now(to, id);
        }, cancellation);

    /// <summary>Makes a copy of a node elsewhere, with all below it or without.</summary>
    public Task<FileOutcome> Copy(Caller caller, AccountId account, long node, FilePlace place, bool withMembers, FileCondition destination, CancellationToken cancellation) =>
        Write(caller, account, place.Account, async (scope, from, fromRights, to, toRights) =>
        {
            if (await Seen(from, fromRights, node) is not { } path || !path.Rights.HasFlag(Rights.Read)) return FileError.NotFound;
            if (path.Node.Role != FileRole.None) return FileError.Forbidden("All files of an account are not copied at once: choose folders.");
            var (above, name, refused) = await Prepare(scope, to, toRights, place, path.Node, destination, isMove: false);
            if (refused is not null) return refused;
            var (id, failed) = await to.Copy(path.Node, above!.Nodes, name, withMembers);
            return failed is null ? await Now(to, id) : failed;
        }, cancellation);

    /// <summary>Throws a node away, with all below it: it stands in the trash until that is emptied.</summary>
    public Task<FileOutcome> Trash(Caller caller, AccountId account, long node, FileCondition condition, CancellationToken cancellation) =>
        Write(caller, account, async (scope, work, rights) =>
        {
            if (await Seen(work, rights, node) is not { } path || path.IsInTrash) return FileError.NotFound;
            if (path.Node.Role != FileRole.None || !path.Rights.HasFlag(Rights.Delete)) return FileError.Forbidden(MayNotRemove);
            if (condition.ETag is { } expected && expected != path.Node.ETag) return FileError.StateMismatch;
            if (await Locked(scope, work, condition, path.Nodes, null, withBelow: true)) return FileError.Locked;
            return await work.Trash(path.Nodes) is { } refused ? refused : await Now(work, node);
        }, cancellation);

    /// <summary>Puts back what was thrown away: where it was, or where somebody says. Where its name is taken it gets another.</summary>
    public Task<FileOutcome> Restore(Caller caller, AccountId account, long node, FilePlace? place, CancellationToken cancellation) =>
        Write(caller, account, async (scope, work, rights) =>
        {
            if (await Seen(work, rights, node) is not { IsInTrash: true, Depth: 1 } path || (await TrashTable.Find(scope, [node])) is not [var trashed]) return FileError.NotFound;
            if (!path.Rights.HasFlag(Rights.Write)) return FileError.Forbidden(MayNotChange);
            // The folder it was in may be gone, or in the trash itself: then it comes to the root.
            var above = await Seen(work, rights, place?.Folder ?? trashed.Parent ?? 0);
            if (above is not { IsInTrash: false, Node.IsFolder: true } && place is null) above = await NodeTable.Root(scope, account, FileRole.Root) is { } root ? new FilePath([root], rights.On([root])) : null;
            if (above is not { IsInTrash: false }) return FileError.NotFound;
            if (!above.Node.IsFolder) return FileError.NoFolder;
            if (!above.Rights.HasFlag(Rights.Write)) return FileError.Forbidden(MayNotAdd);
            if (FileNames.Of(place?.Name ?? trashed.Name) is not { } name) return FileError.Name;
            if (await Locked(scope, work, FileCondition.None, above.Nodes, name)) return FileError.Locked;
            return await work.Restore(path.Nodes, above.Nodes, await Free(work, above.Node, name)) is { } refused ? refused : await Now(work, node);
        }, cancellation);

    /// <summary>Destroys a node with all below it and all its versions. It cannot be undone.</summary>
    public Task<FileOutcome> Destroy(Caller caller, AccountId account, long node, bool withMembers, CancellationToken cancellation) =>
        Write(caller, account, async (scope, work, rights) =>
        {
            if (await Seen(work, rights, node) is not { } path) return FileError.NotFound;
            if (path.Node.Role != FileRole.None || !path.Rights.HasFlag(Rights.Delete)) return FileError.Forbidden(MayNotRemove);
            if (!withMembers && path.Node.IsFolder && (await NodeTable.Page(scope, node, "", 1)).Count > 0) return new FileError(FileFailure.HasMembers, "The folder holds something: say that it goes with all that is in it.");
            if (await Locked(scope, work, FileCondition.None, path.Nodes, null, withBelow: true)) return FileError.Locked;
            await work.Destroy(path.Nodes);
            return new FileOutcome(null, null);
        }, cancellation);

    /// <summary>Whether so many octets more fit into the account; asked before they are taken in, and again when they are.</summary>
    public ValueTask<bool> HasRoom(AccountId account, long octets, CancellationToken cancellation) =>
        database.Read(scope => AccountTable.HasRoom(scope, account, octets), cancellation);

    static async ValueTask<FileOutcome> Replace(WriteScope scope, FileTransaction work, FilePath path, FileContent content, FileCondition condition)
    {
        if (path.Node.IsFolder) return FileError.Exists(path.Node);
        if (condition.ETag is { } expected && expected != path.Node.ETag) return FileError.StateMismatch;
        if (path.IsInTrash || !path.Rights.HasFlag(Rights.Write)) return FileError.Forbidden(MayNotChange);
        if (await Locked(scope, work, condition, path.Nodes, null)) return FileError.Locked;
        return await work.Replace(path.Nodes, content) is { } refused ? refused : await Now(work, path.Node.Id);
    }

    /// <summary>The folder something shall stand in and the name that is free for it there, once what had it is away.</summary>
    static async ValueTask<(FilePath? Folder, string Name, FileError? Refused)> Prepare(
        WriteScope scope, FileTransaction work, FileRights rights, FilePlace place, FileNode node, FileCondition condition, bool isMove)
    {
        if (FileNames.Of(place.Name) is not { } name) return (null, "", FileError.Name);
        if (await Seen(work, rights, place.Folder) is not { IsInTrash: false } above) return (null, "", FileError.NotFound);
        if (!above.Node.IsFolder) return (null, "", FileError.NoFolder);
        if (!above.Rights.HasFlag(Rights.Write)) return (null, "", FileError.Forbidden(MayNotAdd));
        if (above.IsWithin(node.Id)) return (null, "", FileError.WithinItself);
        var present = await work.Member(above.Node, name);
        if (present is null || (isMove && present.Id == node.Id)) return await Locked(scope, work, condition, above.Nodes, name) ? (null, "", FileError.Locked) : (above, name, null);
        if (place.Renames) return (above, await Free(work, above.Node, name), null);
        if (!place.Replaces) return (null, "", FileError.Exists(present));
        if (!rights.On(above.Rights, present).HasFlag(Rights.Delete)) return (null, "", FileError.Forbidden(MayNotRemove));
        FilePath replaced = new([.. above.Nodes, present], above.Rights);
        if (await Locked(scope, work, condition, replaced.Nodes, null, withBelow: true)) return (null, "", FileError.Locked);
        return await work.Trash(replaced.Nodes) is { } refused ? (null, "", refused) : (above, name, null);
    }

    /// <summary>The name, or one like it that nothing in the folder has.</summary>
    internal static async ValueTask<string> Free(FileTransaction work, FileNode folder, string name)
    {
        var free = name;
        for (var i = 2; await work.Member(folder, free) is not null; i++) free = FileNames.With(name, i < 100 ? FormattableString.Invariant($" ({i})") : $" ({Guid.NewGuid():N})");
        return free;
    }

    static async ValueTask<bool> Locked(WriteScope scope, FileTransaction work, FileCondition condition, IReadOnlyList<FileNode> path, string? member, bool withBelow = false) =>
        condition.Locks is { } locks ? !await locks(scope) : await work.IsLocked(path, member, withBelow);

    /// <summary>A node with all it stands in, where the caller may read it.</summary>
    internal static async ValueTask<FilePath?> Seen(FileTransaction work, FileRights rights, long node) =>
        await work.Path(node) is { } nodes && rights.On(nodes) is var may && may.HasFlag(Rights.Read) ? new FilePath(nodes, may) : null;

    internal static async ValueTask<FileOutcome> Now(FileTransaction work, long node) => new(null, (await work.Path(node))?[^1]);

    internal Task<FileOutcome> Write(Caller caller, AccountId account, Func<WriteScope, FileTransaction, FileRights, ValueTask<FileOutcome>> change, CancellationToken cancellation) =>
        Write(caller, account, account, (scope, work, rights, _, _) => change(scope, work, rights), cancellation);

    /// <summary>Runs a change of one account or between two; what is refused leaves nothing behind.</summary>
    async Task<FileOutcome> Write(
        Caller caller, AccountId one, AccountId other, Func<WriteScope, FileTransaction, FileRights, FileTransaction, FileRights, ValueTask<FileOutcome>> change, CancellationToken cancellation)
    {
        try
        {
            return await database.Write(async scope =>
            {
                var now = time.GetUtcNow();
                // In one order always, so that of two who move things between the same accounts neither waits for the other.
                var works = new Dictionary<AccountId, FileTransaction>();
                foreach (var account in new[] { one, other }.Distinct().OrderBy(account => account.Value))
                {
                    if (await FileTransaction.Begin(scope, account, caller.Person, now) is not { } work) return FileError.NotFound;
                    works[account] = work;
                }

                var outcome = await change(scope, works[one], await FileRights.Of(scope, caller, one), works[other], await FileRights.Of(scope, caller, other));
                if (outcome.Refused is { } refused) throw new RefusedException(refused);
                foreach (var work in works.Values) await work.Settle();
                return outcome;
            }, cancellation);
        }
        catch (RefusedException refused)
        {
            return refused.Error;
        }
    }

    /// <summary>Undoes what a transaction did before it was refused.</summary>
    sealed class RefusedException(FileError error) : Exception(error.Description)
    {
        public FileError Error => error;
    }
}
