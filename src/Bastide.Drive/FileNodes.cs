using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Drive;

/// <summary>
/// What there is: reading files and folders, for every protocol. What is shared by itself is seen with the folders that lead to
/// it, of which one then sees nothing else.
/// </summary>
public sealed class FileNodes(Database database, BlobStore blobs)
{
    /// <summary>Of the accounts, those in which the caller sees anything, with what may be done with the whole.</summary>
    public async ValueTask<Dictionary<AccountId, FilePath>> Roots(Caller caller, IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation) =>
        await database.Read(async scope =>
        {
            var roots = new Dictionary<AccountId, FilePath>();
            foreach (var account in accounts)
                if (await FileRights.Of(scope, caller, account) is { SeesNothing: false } rights && await NodeTable.Root(scope, account, FileRole.Root) is { } root)
                    roots[account] = new FilePath([root], rights.On([root]));
            return roots;
        }, cancellation);

    /// <summary>What these names lead to from the root down (or from the trash); null where that is nothing for the caller.</summary>
    public ValueTask<FilePath?> Find(Caller caller, AccountId account, IReadOnlyList<string> names, CancellationToken cancellation, FileRole from = FileRole.Root) =>
        database.Read<FilePath?>(async scope =>
        {
            var rights = await FileRights.Of(scope, caller, account);
            if (rights.SeesNothing) return null;
            var wanted = new string[names.Count];
            for (var i = 0; i < wanted.Length; i++)
                if (FileNames.Of(names[i]) is { } name) wanted[i] = name;
                else return null;
            var nodes = await NodeTable.Walk(scope, account, from, wanted);
            if (nodes.Count != names.Count + 1) return null;
            var path = new FilePath(nodes, rights.On(nodes));
            return path.Rights.HasFlag(Rights.Read) || (await Ways(scope, account, rights)).Contains(path.Node.Id) ? path : null;
        }, cancellation);

    /// <summary>Those of these nodes that the caller sees, with all they stand in.</summary>
    public ValueTask<Dictionary<long, FilePath>> Find(Caller caller, AccountId account, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var rights = await FileRights.Of(scope, caller, account);
            var found = new Dictionary<long, FilePath>();
            if (rights.SeesNothing) return found;
            var ways = await Ways(scope, account, rights);
            foreach (var (id, nodes) in await NodeTable.Paths(scope, account, ids))
                if (new FilePath(nodes, rights.On(nodes)) is var path && (path.Rights.HasFlag(Rights.Read) || ways.Contains(id)))
                    found[id] = path;
            return found;
        }, cancellation);

    /// <summary>
    /// Files and folders by number, or all of an account, some at most; the trash itself among them and the root not. With the
    /// state they are of.
    /// </summary>
    public ValueTask<(IReadOnlyList<FilePath> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, int limit, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<FilePath>, Sequence)>(async scope =>
        {
            // The state is read first: what commits in between is told as a change.
            var state = await AccountTable.State(scope, account, DriveTypes.FileNode);
            var rights = await FileRights.Of(scope, caller, account);
            if (rights.SeesNothing) return ([], state);
            var ways = await Ways(scope, account, rights);
            var paths = await NodeTable.Paths(scope, account, ids ?? await NodeTable.Ids(scope, account, 0, limit));
            return ([.. paths.Values.Select(path => new FilePath(path, rights.On(path))).Where(path => path.Node.Role != FileRole.Root && (path.Rights.HasFlag(Rights.Read) || ways.Contains(path.Node.Id)))], state);
        }, cancellation);

    /// <summary>The number of the root or the trash of an account; null where it has none.</summary>
    public ValueTask<long?> RootOf(AccountId account, FileRole role, CancellationToken cancellation) => database.Read(async scope => (await NodeTable.Root(scope, account, role))?.Id, cancellation);

    /// <summary>Where what was thrown away came from, by number.</summary>
    public ValueTask<Dictionary<long, TrashedFile>> Trashed(IReadOnlyCollection<long> nodes, CancellationToken cancellation) =>
        database.Read(async scope => (await TrashTable.Find(scope, nodes)).ToDictionary(trashed => trashed.Node), cancellation);

    /// <summary>The state of an account's files.</summary>
    public ValueTask<Sequence> State(AccountId account, CancellationToken cancellation) => database.Read(scope => AccountTable.State(scope, account, DriveTypes.FileNode), cancellation);

    /// <summary>What changed since a state; null where that cannot be told. What is not for the caller any more is told as gone.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read<ItemChanges?>(async scope =>
        {
            if (await NodeTable.Items.Since(scope, account, since, limit) is not { } changes) return null;
            var rights = await FileRights.Of(scope, caller, account);
            var ways = await Ways(scope, account, rights);
            var paths = await NodeTable.Paths(scope, account, [.. changes.Created, .. changes.Updated]);
            var seen = paths.Where(path => path.Value[^1].Role != FileRole.Root && (rights.On(path.Value).HasFlag(Rights.Read) || ways.Contains(path.Key))).Select(path => path.Key).ToHashSet();
            var root = paths.Where(path => path.Value[^1].Role == FileRole.Root).Select(path => path.Key).ToHashSet();
            return changes with
            {
                Created = [.. changes.Created.Where(seen.Contains)],
                Updated = [.. changes.Updated.Where(seen.Contains)],
                Destroyed = [.. changes.Destroyed, .. changes.Updated.Where(id => !seen.Contains(id) && !root.Contains(id))],
            };
        }, cancellation);

    /// <summary>A page of what a folder holds, by name; those the caller does not see are left out, so that a page may be short: it ends where <c>Last</c> is null.</summary>
    public ValueTask<(IReadOnlyList<FilePath> Members, string? Last)> Page(Caller caller, FilePath folder, string after, int limit, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<FilePath>, string?)>(async scope =>
        {
            var page = await NodeTable.Page(scope, folder.Node.Id, after, limit);
            return (await Seen(scope, caller, folder, page), page.Count == limit ? page[^1].Name : null);
        }, cancellation);

    /// <summary>What a folder holds under these names.</summary>
    public ValueTask<IReadOnlyList<FilePath>> Members(Caller caller, FilePath folder, IReadOnlyCollection<string> names, CancellationToken cancellation) =>
        database.Read(async scope => await Seen(scope, caller, folder, await NodeTable.Members(scope, folder.Node.Id, [.. names.Select(FileNames.Of).OfType<string>()])), cancellation);

    /// <summary>
    /// What changed in a folder after a position (all where it is null), about so many at most and cut only between two numbers
    /// of the sequence; null where the position is none.
    /// </summary>
    public ValueTask<FolderChanges?> Changes(Caller caller, FilePath folder, Sequence? since, int limit, CancellationToken cancellation) =>
        database.Read<FolderChanges?>(async scope =>
        {
            if (await NodeTable.Walk(scope, folder.Node.Account, folder.Nodes[0].Role, [.. folder.Names]) is not { Count: > 0 } now || now[^1].Id != folder.Node.Id) return null;
            var state = now[^1].MembersSeq;
            if (since > state) return null;
            var from = since ?? new Sequence(-1);
            var changed = await NodeTable.Changed(scope, folder.Node.Id, from, state, limit + 1);
            // A reader of all from the beginning never saw what went.
            var gone = since is null ? [] : await NodeTable.Gone(scope, folder.Node.Id, from, state, limit + 1);
            var numbers = changed.Select(node => node.ChangedSeq).Concat(gone.Select(name => name.Seq)).Order().ToList();
            if (numbers.Count <= limit) return new FolderChanges(await Seen(scope, caller, folder, changed), gone.ConvertAll(name => name.Name), state, HasMore: false);
            var cut = numbers[limit];
            if (cut == numbers[0])
            {
                // All of one number are told together: they cannot be told in parts.
                changed = await NodeTable.Changed(scope, folder.Node.Id, from, cut, int.MaxValue);
                gone = since is null ? [] : await NodeTable.Gone(scope, folder.Node.Id, from, cut, int.MaxValue);
                return new FolderChanges(await Seen(scope, caller, folder, changed), gone.ConvertAll(name => name.Name), cut, cut < state);
            }

            changed.RemoveAll(node => node.ChangedSeq >= cut);
            gone.RemoveAll(name => name.Seq >= cut);
            return new FolderChanges(await Seen(scope, caller, folder, changed), gone.ConvertAll(name => name.Name), numbers.Last(number => number < cut), HasMore: true);
        }, cancellation);

    /// <summary>The octets of a file; null for a folder.</summary>
    public async ValueTask<Stream?> Open(FileNode file, CancellationToken cancellation) => file.Blob is { } blob ? await blobs.Open(blob, cancellation) : null;

    /// <summary>The properties that programs set on these, by node: each its name and the element whole.</summary>
    public ValueTask<ILookup<long, (string Name, string Xml)>> Properties(IReadOnlyCollection<long> nodes, CancellationToken cancellation) =>
        database.Read(scope => NodeTable.Properties(scope, nodes), cancellation);

    static async ValueTask<IReadOnlyList<FilePath>> Seen(ReadScope scope, Caller caller, FilePath folder, List<FileNode> members)
    {
        var rights = await FileRights.Of(scope, caller, folder.Node.Account);
        var within = rights.On(folder.Nodes);
        var ways = within.HasFlag(Rights.Read) ? null : await Ways(scope, folder.Node.Account, rights);
        var seen = new List<FilePath>(members.Count);
        foreach (var member in members)
        {
            var may = folder.IsInTrash ? within : rights.On(within, member);
            if (may.HasFlag(Rights.Read) || ways?.Contains(member.Id) == true) seen.Add(new FilePath([.. folder.Nodes, member], may));
        }

        return seen;
    }

    /// <summary>The folders that lead to what is shared with the caller by itself.</summary>
    static async ValueTask<HashSet<long>> Ways(ReadScope scope, AccountId account, FileRights rights) =>
        rights.SeesAll || rights.Shared.Count == 0 ? [] : [.. (await NodeTable.Paths(scope, account, rights.Shared)).Values.Where(path => path[0].Role == FileRole.Root).SelectMany(path => path).Select(node => node.Id)];
}
