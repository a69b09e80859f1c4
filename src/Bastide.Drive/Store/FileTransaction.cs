using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Locks;

namespace Bastide.Drive.Store;

/// <summary>
/// The work of one transaction on the files of one account. It holds the account's row from the beginning, so that nobody else
/// changes this account meanwhile: what is read in it is so until the end. <see cref="Settle"/> writes what the account uses.
/// Who may do what was asked before.
/// </summary>
sealed class FileTransaction
{
    static readonly Sql LockAccount = new("SELECT seq FROM accounts WHERE id = $1 {lock}");

    readonly WriteScope _scope;
    readonly AccountId _by;
    readonly DateTimeOffset _now;
    readonly long _count;
    long _octets;
    long _items;
    int _level = 1;

    FileTransaction(WriteScope scope, AccountId account, AccountId by, DateTimeOffset now, long count)
    {
        _scope = scope;
        Account = account;
        _by = by;
        _now = now;
        _count = count;
    }

    /// <summary>The account.</summary>
    public AccountId Account { get; }

    /// <summary>Begins; null when there is no such account.</summary>
    public static async ValueTask<FileTransaction?> Begin(WriteScope scope, AccountId account, AccountId by, DateTimeOffset now)
    {
        if (await scope.Long(LockAccount, account) is null) return null;
        var usage = (await AccountTable.Usage(scope, account)).FirstOrDefault(usage => usage.Type == DriveTypes.FileNode);
        return new FileTransaction(scope, account, by, now, usage.Items);
    }

    /// <summary>A node with all it stands in, or null.</summary>
    public async ValueTask<List<FileNode>?> Path(long node) => (await NodeTable.Paths(_scope, Account, [node])).GetValueOrDefault(node);

    /// <summary>What a folder holds under a name, or null.</summary>
    public ValueTask<FileNode?> Member(FileNode folder, string name) => NodeTable.Member(_scope, folder.Id, name);

    /// <summary>Whether somebody's lock stands against changing what has this address: for who knows no token of one.</summary>
    public async ValueTask<bool> IsLocked(IEnumerable<FileNode> path, string? member, bool withBelow)
    {
        var address = AddressOf(path, member);
        if ((await LockTable.At(_scope, Account, LockTable.SelfAndAbove(address), _now)).Exists(held => held.Covers(address))) return true;
        return withBelow && (await LockTable.Below(_scope, Account, address, _now)).Count > 0;
    }

    /// <summary>Makes a file.</summary>
    public async ValueTask<(long Id, FileError? Refused)> CreateFile(IReadOnlyList<FileNode> folder, string name, FileContent content, DateTimeOffset? created)
    {
        if (await Check(folder, content.Size, 1) is { } refused) return (0, refused);
        var seq = await Advance();
        var id = await NodeTable.CreateFile(_scope, folder[^1], name, content, created ?? _now, _now, _by, seq);
        await Came(folder, name, content.Size, seq);
        _items++;
        _octets += content.Size;
        return (id, null);
    }

    /// <summary>Makes a folder.</summary>
    public async ValueTask<(long Id, FileError? Refused)> CreateFolder(IReadOnlyList<FileNode> folder, string name, DateTimeOffset? created, DateTimeOffset? modified)
    {
        if (await Check(folder, 0, 1) is { } refused) return (0, refused);
        var seq = await Advance();
        var id = await NodeTable.CreateFolder(_scope, folder[^1], name, created ?? _now, modified ?? _now, _by, seq);
        await Came(folder, name, 0, seq);
        _items++;
        return (id, null);
    }

    /// <summary>Puts other octets into a file; those it had become a version of it.</summary>
    public async ValueTask<FileError?> Replace(IReadOnlyList<FileNode> path, FileContent content)
    {
        var file = path[^1];
        var isOther = file.Blob != content.Blob;
        if (isOther && !await AccountTable.HasRoom(_scope, Account, Math.Max(0, _octets) + content.Size)) return FileError.OverQuota;
        var seq = await Advance();
        if (isOther && file.Size > 0)
        {
            await VersionTable.Keep(_scope, file, _now);
            _octets += file.Size;
            await Thin(file.Id);
        }

        await NodeTable.SetContent(_scope, file, content, _now, _by, seq);
        await NodeTable.Touch(_scope, path.SkipLast(1), seq, content.Size - file.Size);
        await NodeTable.Came(_scope, file.ParentId!.Value, file.Name, seq);
        _octets += content.Size - file.Size;
        return null;
    }

    /// <summary>Notes what is said of a node.</summary>
    public async ValueTask SetFacts(IReadOnlyList<FileNode> path, FileNode facts)
    {
        var seq = await Advance();
        await NodeTable.SetFacts(_scope, facts, _by, seq);
        await Changed(path, seq);
    }

    /// <summary>Sets properties of programs' own; null removes one.</summary>
    public async ValueTask<FileError?> SetProperties(IReadOnlyList<FileNode> path, IEnumerable<(string Name, string? Xml)> properties)
    {
        foreach (var (name, xml) in properties) await NodeTable.SetProperty(_scope, path[^1].Id, name, xml);
        if (await NodeTable.PropertyCount(_scope, path[^1].Id) > Files.MostProperties) return new FileError(FileFailure.InvalidProperties, $"A file has {Files.MostProperties} properties of programs at most.");
        var seq = await Advance();
        await NodeTable.Touch(_scope, path[^1].Id, seq);
        await Changed(path, seq);
        return null;
    }

    /// <summary>Puts a node with all below it into a folder under a name that is free there.</summary>
    public async ValueTask<FileError?> Move(IReadOnlyList<FileNode> path, IReadOnlyList<FileNode> folder, string name)
    {
        var node = path[^1];
        if (folder.Any(above => above.Id == node.Id)) return FileError.WithinItself;
        if (node.IsFolder && !path.SkipLast(1).Select(above => above.Id).SequenceEqual(folder.Select(above => above.Id)) && await TooDeep(node, folder)) return FileError.TooDeep;
        await LockTable.Forget(_scope, Account, AddressOf(path, null));
        var seq = await Advance();
        await NodeTable.SetPlace(_scope, node.Id, folder[^1].Id, name, _by, seq);
        await NodeTable.Touch(_scope, path.SkipLast(1), seq, -node.Size);
        await NodeTable.Left(_scope, node.ParentId!.Value, node.Name, seq);
        await Came(folder, name, node.Size, seq);
        return null;
    }

    /// <summary>Makes a copy of a node in a folder under a name that is free there, with all below it or without.</summary>
    public async ValueTask<(long Id, FileError? Refused)> Copy(FileNode node, IReadOnlyList<FileNode> folder, string name, bool withMembers)
    {
        if (folder.Any(above => above.Id == node.Id)) return (0, FileError.WithinItself);
        var octets = node.IsFolder && !withMembers ? 0 : node.Size;
        var items = node.IsFolder && withMembers ? await NodeTable.Count(_scope, node.Id) : 1;
        if (await Check(folder, octets, items) is { } refused) return (0, refused);
        if (node.IsFolder && withMembers && await TooDeep(node, folder)) return (0, FileError.TooDeep);
        var seq = await Advance();
        var id = node.IsFolder
            ? await NodeTable.CreateFolder(_scope, folder[^1], name, _now, node.Modified, _by, seq)
            : await NodeTable.CreateFile(_scope, folder[^1], name, new FileContent(node.Blob!.Value, node.Size, node.Type, node.Modified, node.Checksum, node.IsExecutable), _now, _now, _by, seq);
        if (node.IsFolder && withMembers)
        {
            _level += await NodeTable.CopyBelow(_scope, Account, node, id, _level, _now, _by, seq);
        }
        else
        {
            await NodeTable.CopyPropertiesOf(_scope, Account, node, id, _level++, seq);
        }

        await Came(folder, name, octets, seq);
        _items += items;
        _octets += octets;
        return (id, null);
    }

    /// <summary>Throws a node away with all below it: it comes to stand in the trash.</summary>
    public async ValueTask<FileError?> Trash(IReadOnlyList<FileNode> path)
    {
        var node = path[^1];
        if (await NodeTable.Root(_scope, Account, FileRole.Trash) is not { } trash) return FileError.NotFound;
        // Two of one name may be thrown away, and one twice: its number and that of the change tell them apart.
        var name = FileNames.With(node.Name, FormattableString.Invariant($".{node.Id}-{(await Advance()).Value}"));
        if (await Move(path, [trash], name) is { } refused) return refused;
        await TrashTable.Add(_scope, Account, new TrashedFile(node.Id, node.ParentId, string.Join('/', path.Skip(1).SkipLast(1).Select(above => above.Name)), node.Name, _now, _by));
        return null;
    }

    /// <summary>Puts what was thrown away into a folder under a name that is free there.</summary>
    public async ValueTask<FileError?> Restore(IReadOnlyList<FileNode> path, IReadOnlyList<FileNode> folder, string name)
    {
        if (await Move(path, folder, name) is { } refused) return refused;
        await TrashTable.Remove(_scope, path[^1].Id);
        return null;
    }

    /// <summary>Destroys a node with all below it and all it ever held.</summary>
    public async ValueTask Destroy(IReadOnlyList<FileNode> path)
    {
        var node = path[^1];
        var seq = await Advance();
        await LockTable.Forget(_scope, Account, AddressOf(path, null));
        _items -= node.IsFolder ? await NodeTable.Count(_scope, node.Id) : 1;
        _octets -= node.Size + await NodeTable.VersionOctets(_scope, node.Id);
        await NodeTable.Destroy(_scope, node.Id, seq);
        await NodeTable.Touch(_scope, path.SkipLast(1), seq, -node.Size);
        await NodeTable.Left(_scope, node.ParentId!.Value, node.Name, seq);
    }

    /// <summary>Removes a former content.</summary>
    public async ValueTask Forget(IReadOnlyList<FileNode> path, FileVersion version)
    {
        await VersionTable.Delete(_scope, [version]);
        _octets -= version.Size;
        var seq = await Advance();
        await NodeTable.Touch(_scope, path[^1].Id, seq);
        await Changed(path, seq);
    }

    /// <summary>Writes what the account uses now.</summary>
    public async ValueTask Settle()
    {
        if (_octets != 0 || _items != 0) await AccountTable.Use(_scope, Account, DriveTypes.FileNode, _octets, _items);
    }

    /// <summary>Where the locks of what stands here are kept: as DAV has it, below the tree's name.</summary>
    static string AddressOf(IEnumerable<FileNode> path, string? member)
    {
        var nodes = path.ToList();
        // What was thrown away is nowhere in that tree: no lock there is about it.
        var names = nodes.Skip(1).Select(node => node.Name).Prepend(nodes[0].Role == FileRole.Trash ? "trash" : "files");
        return string.Join('/', member is null ? names : names.Append(member));
    }

    ValueTask<Sequence> Advance() => _scope.Advance(Account, DriveTypes.FileNode);

    async ValueTask<FileError?> Check(IReadOnlyList<FileNode> folder, long octets, long items)
    {
        if (folder.Count > Files.Deepest) return FileError.TooDeep;
        if (_count + _items + items > Files.Most) return FileError.TooMany;
        return octets > 0 && !await AccountTable.HasRoom(_scope, Account, Math.Max(0, _octets) + octets) ? FileError.OverQuota : null;
    }

    /// <summary>Whether some of what is below a node would stand deeper than anything may.</summary>
    async ValueTask<bool> TooDeep(FileNode node, IReadOnlyList<FileNode> folder) => await NodeTable.Height(_scope, node.Id, Files.Deepest + 1) + folder.Count > Files.Deepest;

    async ValueTask Thin(long file)
    {
        var excess = VersionPolicy.Excess(await VersionTable.Of(_scope, file, VersionPolicy.Most * 2), _now);
        if (excess.Count == 0) return;
        await VersionTable.Delete(_scope, excess);
        _octets -= excess.Sum(version => version.Size);
    }

    async ValueTask Came(IReadOnlyList<FileNode> folder, string name, long octets, Sequence seq)
    {
        await NodeTable.Touch(_scope, folder, seq, octets);
        await NodeTable.Came(_scope, folder[^1].Id, name, seq);
    }

    async ValueTask Changed(IReadOnlyList<FileNode> path, Sequence seq)
    {
        await NodeTable.Touch(_scope, path.SkipLast(1), seq, 0);
        await NodeTable.Came(_scope, path[^1].ParentId!.Value, path[^1].Name, seq);
    }
}
