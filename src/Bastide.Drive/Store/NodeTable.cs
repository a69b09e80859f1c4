using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Drive.Store;

/// <summary>The files and folders themselves.</summary>
static class NodeTable
{
    /// <summary>The most folders that a question about what something stands in goes through; more than may be.</summary>
    const int Highest = 300;

    const string Columns = """
        n.id, n.account_id, n.parent_id, n.role, n.name, n.is_folder, n.blob_id, n.size, n.type, n.executable, n.checksum,
        n.created_at, n.modified_at, n.changed_by, n.created_seq, n.changed_seq, n.content_seq, n.tree_seq, n.members_seq
        """;

    static readonly Sql SelectRoot = new($"SELECT {Columns} FROM file_nodes n WHERE n.account_id = $1 AND n.role = $2");

    // Each step finds one name in one folder by the index.
    static readonly Sql SelectByNames = new($$"""
        WITH RECURSIVE walk (id, depth) AS (
            SELECT id, 0 FROM file_nodes WHERE account_id = $1 AND role = $2
            UNION ALL
            SELECT m.id, walk.depth + 1 FROM walk JOIN file_nodes m ON m.parent_id = walk.id
                AND m.name = {sqlite:(SELECT value FROM json_each($3) WHERE key = walk.depth)}{postgres:($3)[walk.depth + 1]}
        )
        SELECT {{Columns}} FROM walk JOIN file_nodes n ON n.id = walk.id ORDER BY walk.depth
        """);

    static readonly Sql SelectAbove = new($$"""
        WITH RECURSIVE up (start, id, parent_id, height) AS (
            SELECT id, id, parent_id, 0 FROM file_nodes WHERE id {any $1}
            UNION ALL
            SELECT up.start, p.id, p.parent_id, up.height + 1 FROM up JOIN file_nodes p ON p.id = up.parent_id WHERE up.height < {{Highest}}
        )
        SELECT up.start, {{Columns}} FROM up JOIN file_nodes n ON n.id = up.id WHERE {sqlite:+}n.account_id = $2 ORDER BY up.start, up.height DESC
        """);

    static readonly Sql SelectMember = new($"SELECT {Columns} FROM file_nodes n WHERE n.parent_id = $1 AND n.name = $2");
    static readonly Sql SelectMembers = new($"SELECT {Columns} FROM file_nodes n WHERE n.parent_id = $1 AND n.name {{any $2}}");
    static readonly Sql SelectPage = new($"SELECT {Columns} FROM file_nodes n WHERE n.parent_id = $1 AND n.name > $2 ORDER BY n.name LIMIT $3");
    const string Heads = "id, parent_id, role, name, is_folder, size, type, executable, created_at, modified_at";

    static readonly Sql SelectHeads = new($"SELECT {Heads} FROM file_nodes WHERE account_id = $1 LIMIT $2");
    static readonly Sql SelectHeadsOfFolder = new($"SELECT {Heads} FROM file_nodes WHERE parent_id = $1 LIMIT $2");
    static readonly Sql SelectIds = new("SELECT id FROM file_nodes WHERE account_id = $1 AND id > $2 AND (role IS NULL OR role = 'trash') ORDER BY id LIMIT $3");

    static readonly Sql SelectChanged = new($"""
        SELECT {Columns}, n.changed_seq AS seq FROM file_nodes n WHERE n.parent_id = $1 AND n.changed_seq > $2 AND n.changed_seq <= $3 ORDER BY n.changed_seq, n.name LIMIT $4
        """);

    static readonly Sql SelectGone = new("SELECT name, gone_seq FROM file_gone WHERE parent_id = $1 AND gone_seq > $2 AND gone_seq <= $3 ORDER BY gone_seq, name LIMIT $4");

    static readonly Sql SelectHolders = new("SELECT id FROM file_nodes WHERE account_id = $1 AND blob_id = $2 LIMIT 100");
    static readonly Sql SelectBlobs = new("SELECT DISTINCT blob_id FROM file_nodes WHERE blob_id {any octets $1}");

    static readonly Sql Insert = new("""
        INSERT INTO file_nodes (account_id, parent_id, role, name, is_folder, blob_id, size, type, executable, checksum,
            created_at, modified_at, changed_by, created_seq, changed_seq, content_seq, tree_seq, members_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $14, $14, $14) RETURNING id
        """);

    static readonly Sql UpdateContent = new("""
        UPDATE file_nodes SET blob_id = $2, size = $3, type = $4, executable = $5, checksum = $6, modified_at = $7, changed_by = $8,
            changed_seq = $9, content_seq = $9, tree_seq = $9 WHERE id = $1
        """);

    static readonly Sql UpdateFacts = new("UPDATE file_nodes SET type = $2, executable = $3, created_at = $4, modified_at = $5, changed_by = $6, changed_seq = $7, tree_seq = $7 WHERE id = $1");
    static readonly Sql UpdatePlace = new("UPDATE file_nodes SET parent_id = $2, name = $3, changed_by = $4, changed_seq = $5, tree_seq = $5 WHERE id = $1");
    static readonly Sql TouchAbove = new("UPDATE file_nodes SET tree_seq = $2, size = size + $3 WHERE id {any $1}");
    static readonly Sql TouchMembers = new("UPDATE file_nodes SET members_seq = $2 WHERE id = $1");
    static readonly Sql TouchOne = new("UPDATE file_nodes SET changed_seq = $2, tree_seq = $2 WHERE id = $1");

    static readonly Sql InsertGone = new("INSERT INTO file_gone (parent_id, name, gone_seq) VALUES ($1, $2, $3) ON CONFLICT (parent_id, name) DO UPDATE SET gone_seq = excluded.gone_seq");
    static readonly Sql DeleteGone = new("DELETE FROM file_gone WHERE parent_id = $1 AND name = $2");

    // One level of a copied tree: what stands in the originals of the level above comes to stand in their copies.
    static readonly Sql CopyLevel = new("""
        INSERT INTO file_nodes (account_id, parent_id, name, is_folder, blob_id, size, type, executable, checksum,
            created_at, modified_at, changed_by, created_seq, changed_seq, content_seq, tree_seq, members_seq, copy_of, copy_level)
        SELECT p.account_id, p.id, c.name, c.is_folder, c.blob_id, c.size, c.type, c.executable, c.checksum,
            $4, c.modified_at, $5, $2, $2, $2, $2, $2, c.id, $3 + 1
        FROM file_nodes p JOIN file_nodes c ON c.parent_id = p.copy_of
        WHERE p.account_id = $1 AND p.created_seq = $2 AND p.copy_level = $3
        """);

    static readonly Sql MarkCopy = new("UPDATE file_nodes SET copy_of = $2, copy_level = $3, size = $4 WHERE id = $1");

    // CROSS JOIN: the embedded engine takes the tables in the order they are written in, what is below first.
    const string Below = """
        WITH RECURSIVE below (id) AS (
            SELECT id FROM file_nodes WHERE id = $1
            UNION ALL
            SELECT m.id FROM below JOIN file_nodes m ON m.parent_id = below.id
        )
        """;

    static readonly Sql SelectHeight = new("""
        WITH RECURSIVE below (id, depth) AS (
            SELECT id, 0 FROM file_nodes WHERE id = $1
            UNION ALL
            SELECT m.id, below.depth + 1 FROM below JOIN file_nodes m ON m.parent_id = below.id WHERE m.is_folder = TRUE AND below.depth < $2
        )
        SELECT CAST(MAX(depth) AS BIGINT) FROM below
        """);

    static readonly Sql CountBelow = new($"{Below} SELECT COUNT(*) FROM below");
    static readonly Sql SumVersionsBelow = new($"{Below} SELECT CAST(COALESCE(SUM(v.size), 0) AS BIGINT) FROM below CROSS JOIN file_versions v WHERE v.node_id = below.id");

    static readonly Sql BuryBelow = new($"""
        {Below} INSERT INTO tombstones (account_id, type, item_id, created_seq, destroyed_seq)
        SELECT n.account_id, $2, n.id, n.created_seq, $3 FROM below CROSS JOIN file_nodes n WHERE n.id = below.id
        """);

    static readonly Sql DeleteOne = new("DELETE FROM file_nodes WHERE id = $1");

    static readonly Sql CopyProperties = new("""
        INSERT INTO file_properties (node_id, name, value)
        SELECT n.id, p.name, p.value FROM file_nodes n JOIN file_properties p ON p.node_id = n.copy_of
        WHERE n.account_id = $1 AND n.created_seq = $2 AND n.copy_level >= $3
        """);

    static readonly Sql SelectProperties = new("SELECT node_id, name, value FROM file_properties WHERE node_id {any $1} ORDER BY node_id, name");
    static readonly Sql UpsertProperty = new("INSERT INTO file_properties (node_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (node_id, name) DO UPDATE SET value = excluded.value");
    static readonly Sql DeleteProperty = new("DELETE FROM file_properties WHERE node_id = $1 AND name = $2");
    static readonly Sql CountProperties = new("SELECT COUNT(*) FROM file_properties WHERE node_id = $1");

    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(DriveTypes.FileNode, "file_nodes");

    /// <summary>The root or the trash of an account; null where the account has no files.</summary>
    public static ValueTask<FileNode?> Root(ReadScope scope, AccountId account, FileRole role) => scope.First(SelectRoot, Map, account, RoleName(role));

    /// <summary>From the root (or trash) down along these names, as far as they lead; empty where the account has no files.</summary>
    public static ValueTask<List<FileNode>> Walk(ReadScope scope, AccountId account, FileRole role, IReadOnlyList<string> names) =>
        scope.List(SelectByNames, Map, account, RoleName(role), names.ToArray());

    /// <summary>Each of these nodes of the account with all it stands in, from the root down.</summary>
    public static async ValueTask<Dictionary<long, List<FileNode>>> Paths(ReadScope scope, AccountId account, IReadOnlyCollection<long> ids)
    {
        var paths = new Dictionary<long, List<FileNode>>();
        if (ids.Count == 0) return paths;
        foreach (var (start, node) in await scope.List(SelectAbove, row => (row.Long(0), Map(row, 1)), ids.ToArray(), account))
        {
            if (!paths.TryGetValue(start, out var path)) paths[start] = path = [];
            path.Add(node);
        }

        return paths;
    }

    /// <summary>What a folder holds under a name, or null.</summary>
    public static ValueTask<FileNode?> Member(ReadScope scope, long folder, string name) => scope.First(SelectMember, Map, folder, name);

    /// <summary>What a folder holds under these names.</summary>
    public static ValueTask<List<FileNode>> Members(ReadScope scope, long folder, IReadOnlyCollection<string> names) => scope.List(SelectMembers, Map, folder, names.ToArray());

    /// <summary>A page of what a folder holds, by name.</summary>
    public static ValueTask<List<FileNode>> Page(ReadScope scope, long folder, string after, int limit) => scope.List(SelectPage, Map, folder, after, limit);

    /// <summary>A page of all files and folders of the account, and its trash, by number.</summary>
    public static ValueTask<List<long>> Ids(ReadScope scope, AccountId account, long after, int limit) => scope.List(SelectIds, row => row.Long(0), account, after, limit);

    /// <summary>All of an account, the root and the trash among them.</summary>
    public static ValueTask<List<FileHead>> HeadsOf(ReadScope scope, AccountId account, int limit) => scope.List(SelectHeads, MapHead, account, limit);

    /// <summary>All that a folder holds.</summary>
    public static ValueTask<List<FileHead>> HeadsOf(ReadScope scope, long folder, int limit) => scope.List(SelectHeadsOfFolder, MapHead, folder, limit);

    /// <summary>What changed in a folder after one number and up to another, in the order of the numbers.</summary>
    public static ValueTask<List<FileNode>> Changed(ReadScope scope, long folder, Sequence since, Sequence until, int limit) => scope.List(SelectChanged, Map, folder, since, until, limit);

    /// <summary>The names that left a folder, likewise.</summary>
    public static ValueTask<List<(string Name, Sequence Seq)>> Gone(ReadScope scope, long folder, Sequence since, Sequence until, int limit) =>
        scope.List(SelectGone, row => (row.Text(0), new Sequence(row.Long(1))), folder, since, until, limit);

    /// <summary>Some of the files of the account that have these octets.</summary>
    public static ValueTask<List<long>> Holders(ReadScope scope, AccountId account, BlobId blob) => scope.List(SelectHolders, row => row.Long(0), account, blob);

    /// <summary>Which of these octets any file has.</summary>
    public static ValueTask<List<BlobId>> BlobsAmong(ReadScope scope, IReadOnlyList<BlobId> blobs) => scope.List(SelectBlobs, row => new BlobId(row.Bytes(0)), BlobId.Octets(blobs));

    /// <summary>Makes the root or the trash of an account.</summary>
    public static async ValueTask CreateRoot(WriteScope scope, AccountId account, FileRole role, DateTimeOffset now, Sequence seq) =>
        await scope.Long(Insert, account, null, RoleName(role), "", true, null, 0L, null, false, null, now, now, null, seq);

    /// <summary>Makes a folder.</summary>
    public static async ValueTask<long> CreateFolder(WriteScope scope, FileNode parent, string name, DateTimeOffset created, DateTimeOffset modified, AccountId by, Sequence seq) =>
        (await scope.Long(Insert, parent.Account, parent.Id, null, name, true, null, 0L, null, false, null, created, modified, by, seq))!.Value;

    /// <summary>Makes a file.</summary>
    public static async ValueTask<long> CreateFile(WriteScope scope, FileNode parent, string name, FileContent content, DateTimeOffset created, DateTimeOffset now, AccountId by, Sequence seq) =>
        (await scope.Long(
            Insert, parent.Account, parent.Id, null, name, false, content.Blob, content.Size, content.Type, content.IsExecutable ?? false, content.Checksum, created, content.Modified ?? now, by, seq))!.Value;

    /// <summary>Puts other octets into a file.</summary>
    public static async ValueTask SetContent(WriteScope scope, FileNode file, FileContent content, DateTimeOffset now, AccountId by, Sequence seq) =>
        await scope.Execute(UpdateContent, file.Id, content.Blob, content.Size, content.Type ?? file.Type, content.IsExecutable ?? file.IsExecutable, content.Checksum, content.Modified ?? now, by, seq);

    /// <summary>Notes what is said of a node: its type, whether it is a program, its moments.</summary>
    public static async ValueTask SetFacts(WriteScope scope, FileNode node, AccountId by, Sequence seq) =>
        await scope.Execute(UpdateFacts, node.Id, node.Type, node.IsExecutable, node.Created, node.Modified, by, seq);

    /// <summary>Puts a node, with all below it, elsewhere.</summary>
    public static async ValueTask SetPlace(WriteScope scope, long node, long parent, string name, AccountId by, Sequence seq)
    {
        await scope.Execute(UpdatePlace, node, parent, name, by, seq);
    }

    /// <summary>Notes that something below these changed, and that so many octets came or went there.</summary>
    public static async ValueTask Touch(WriteScope scope, IEnumerable<FileNode> above, Sequence seq, long octets) =>
        await scope.Execute(TouchAbove, above.Select(node => node.Id).ToArray(), seq, octets);

    /// <summary>Notes that a node itself changed.</summary>
    public static async ValueTask Touch(WriteScope scope, long node, Sequence seq) => await scope.Execute(TouchOne, node, seq);

    /// <summary>Notes that a name came into a folder, or that what has it changed.</summary>
    public static async ValueTask Came(WriteScope scope, long folder, string name, Sequence seq)
    {
        await scope.Execute(TouchMembers, folder, seq);
        await scope.Execute(DeleteGone, folder, name);
    }

    /// <summary>Notes that a name left a folder.</summary>
    public static async ValueTask Left(WriteScope scope, long folder, string name, Sequence seq)
    {
        await scope.Execute(TouchMembers, folder, seq);
        await scope.Execute(InsertGone, folder, name, seq);
    }

    /// <summary>
    /// Fills a folder that was just made with copies of all below another, level by level, each in one statement; answers how
    /// many levels there were. The first must be one that no copy of this transaction had.
    /// </summary>
    public static async ValueTask<int> CopyBelow(WriteScope scope, AccountId account, FileNode original, long copy, int level, DateTimeOffset now, AccountId by, Sequence seq)
    {
        await scope.Execute(MarkCopy, copy, original.Id, (long)level, original.Size);
        var first = level;
        while (await scope.Execute(CopyLevel, account, seq, (long)level, now, by) > 0) level++;
        await scope.Execute(CopyProperties, account, seq, (long)first);
        return level + 1 - first;
    }

    /// <summary>How many folders of a tree stand in one another below its own, up to a bound.</summary>
    public static async ValueTask<long> Height(ReadScope scope, long node, int bound) => await scope.Long(SelectHeight, node, (long)bound) ?? 0;

    /// <summary>How many nodes a tree has, its own among them.</summary>
    public static async ValueTask<long> Count(ReadScope scope, long node) => (await scope.Long(CountBelow, node))!.Value;

    /// <summary>The octets of all former contents of the files of a tree.</summary>
    public static async ValueTask<long> VersionOctets(ReadScope scope, long node) => (await scope.Long(SumVersionsBelow, node))!.Value;

    /// <summary>Destroys a tree, and leaves a tombstone for each of it.</summary>
    public static async ValueTask Destroy(WriteScope scope, long node, Sequence seq)
    {
        await scope.Execute(BuryBelow, node, DriveTypes.FileNode, seq);
        await scope.Execute(DeleteOne, node);
    }

    /// <summary>The properties that programs set on these, by node.</summary>
    public static async ValueTask<ILookup<long, (string Name, string Xml)>> Properties(ReadScope scope, IReadOnlyCollection<long> nodes) =>
        (await scope.List(SelectProperties, row => (Node: row.Long(0), Name: row.Text(1), Xml: row.Text(2)), nodes.ToArray())).ToLookup(row => row.Node, row => (row.Name, row.Xml));

    /// <summary>Sets a property of programs' own, or with null removes it.</summary>
    public static async ValueTask SetProperty(WriteScope scope, long node, string name, string? xml)
    {
        if (xml is null) await scope.Execute(DeleteProperty, node, name);
        else await scope.Execute(UpsertProperty, node, name, xml);
    }

    /// <summary>How many properties of programs' own a node has.</summary>
    public static async ValueTask<long> PropertyCount(ReadScope scope, long node) => (await scope.Long(CountProperties, node))!.Value;

    /// <summary>Copies the properties of one node to another.</summary>
    public static async ValueTask CopyPropertiesOf(WriteScope scope, AccountId account, FileNode original, long copy, int level, Sequence seq)
    {
        await scope.Execute(MarkCopy, copy, original.Id, (long)level, original.IsFolder ? 0L : original.Size);
        await scope.Execute(CopyProperties, account, seq, (long)level);
    }

    static string RoleName(FileRole role) => role == FileRole.Root ? "root" : "trash";

    static FileHead MapHead(Row row) => new(
        row.Long(0), row.LongOrNull(1), RoleOf(row.TextOrNull(2)), row.Text(3), row.Bool(4), row.Long(5), row.TextOrNull(6), row.Bool(7), row.Time(8), row.Time(9));

    static FileRole RoleOf(string? name) => name switch { null => FileRole.None, "root" => FileRole.Root, _ => FileRole.Trash };

    static FileNode Map(Row row) => Map(row, 0);

    static FileNode Map(Row row, int at) => new()
    {
        Id = row.Long(at),
        Account = new AccountId(row.Long(at + 1)),
        ParentId = row.LongOrNull(at + 2),
        Role = RoleOf(row.TextOrNull(at + 3)),
        Name = row.Text(at + 4),
        IsFolder = row.Bool(at + 5),
        Blob = row.BytesOrNull(at + 6) is { } hash ? new BlobId(hash) : null,
        Size = row.Long(at + 7),
        Type = row.TextOrNull(at + 8),
        IsExecutable = row.Bool(at + 9),
        Checksum = row.TextOrNull(at + 10),
        Created = row.Time(at + 11),
        Modified = row.Time(at + 12),
        ChangedBy = row.LongOrNull(at + 13) is { } by ? new AccountId(by) : null,
        CreatedSeq = new Sequence(row.Long(at + 14)),
        ChangedSeq = new Sequence(row.Long(at + 15)),
        ContentSeq = new Sequence(row.Long(at + 16)),
        TreeSeq = new Sequence(row.Long(at + 17)),
        MembersSeq = new Sequence(row.Long(at + 18)),
    };
}
