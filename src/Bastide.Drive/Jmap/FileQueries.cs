using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary>
/// Finding files and folders: those of one folder are read alone, otherwise all of the account are looked through. What was
/// thrown away is found only where the trash, or something in it, is named.
/// </summary>
sealed class FileQueries(Database database)
{
    /// <summary>The most that are looked through.</summary>
    public const int Most = 500_000;

    /// <summary>Names as people sort them: a2 before a10, whatever the case.</summary>
    static readonly StringComparer ByName = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);

    /// <summary>The conditions by which files are found.</summary>
    public static IReadOnlyCollection<string> Conditions { get; } =
        ["parentId", "ancestorId", "hasParentId", "nodeType", "role", "name", "nameMatch", "type", "typeMatch", "minSize", "maxSize", "createdBefore", "createdAfter", "modifiedBefore", "modifiedAfter", "text", "isExecutable"];

    /// <summary>Those that fulfil a filter whose conditions are of these names and kinds, in an order.</summary>
    public ValueTask<FileQueryResult> Query(Caller caller, AccountId account, JmapFilter? filter, CreatedIds created, IReadOnlyList<FileSort> sort, CancellationToken cancellation) =>
        database.Snapshot(async scope =>
        {
            var state = await AccountTable.State(scope, account, DriveTypes.FileNode);
            var rights = await FileRights.Of(scope, caller, account);
            if (rights.SeesNothing || await NodeTable.Root(scope, account, FileRole.Root) is not { } root) return new FileQueryResult([], state, IsTooMany: false);
            var folder = FolderOf(filter, created, root.Id);
            var heads = folder is { } one ? await NodeTable.HeadsOf(scope, one, Most + 1) : await NodeTable.HeadsOf(scope, account, Most + 1);
            if (heads.Count > Most) return new FileQueryResult([], state, IsTooMany: true);
            var tree = new FileTree(heads, folder is { } above ? await AboveOf(scope, account, above) : []);
            var seesTrash = Names(filter, created).Any(tree.IsInTrash);
            var found = heads.FindAll(head => head.Role != FileRole.Root && (seesTrash || head.Role == FileRole.Trash || !tree.IsInTrash(head.Id)) && Sees(rights, tree, head)
                && FilterConditions.Matches(filter, condition => Matches(condition, head, tree, created, root.Id)));
            found.Sort((a, b) => Compare(a, b, sort));
            return new FileQueryResult(found.ConvertAll(head => head.Id), state, IsTooMany: false);
        }, cancellation);

    static async ValueTask<IReadOnlyList<FileNode>> AboveOf(ReadScope scope, AccountId account, long folder) => (await NodeTable.Paths(scope, account, [folder])).GetValueOrDefault(folder) ?? [];

    /// <summary>The one folder whose members alone can fulfil the filter; null where it names none.</summary>
    static long? FolderOf(JmapFilter? filter, CreatedIds created, long root) => filter switch
    {
        JmapFilter.Condition condition when condition.Properties.ContainsKey("parentId") => ParentOf(condition.Properties, created, root),
        JmapFilter.Group { Operator: "AND" } group => group.Conditions.Select(inner => FolderOf(inner, created, root)).FirstOrDefault(folder => folder is not null),
        _ => null,
    };

    /// <summary>No folder has the number 0: what names an id that cannot be matches nothing.</summary>
    static long ParentOf(JsonObject condition, CreatedIds created, long root) =>
        condition["parentId"] is null ? root : WireId.FileNode.Resolve(condition["parentId"].AsText(), created) ?? 0;

    static IEnumerable<long> Names(JmapFilter? filter, CreatedIds created) => filter switch
    {
        JmapFilter.Condition condition => ((string[])["parentId", "ancestorId"]).Select(name => WireId.FileNode.Resolve(condition.Properties[name].AsText(), created)).OfType<long>(),
        JmapFilter.Group group => group.Conditions.SelectMany(inner => Names(inner, created)),
        _ => [],
    };

    static bool Sees(FileRights rights, FileTree tree, FileHead head)
    {
        if (rights.SeesAll) return true;
        if (head.Role == FileRole.Trash || tree.IsInTrash(head.Id)) return false;
        return tree.SelfAndAbove(head.Id).Any(rights.Shared.Contains);
    }

    static bool Matches(JsonObject condition, FileHead head, FileTree tree, CreatedIds created, long root)
    {
        foreach (var (name, value) in condition)
        {
            var text = value.AsText() ?? "";
            var matches = name switch
            {
                // The trash stands at the top, like what stands in the root.
                "parentId" => head.Parent == ParentOf(condition, created, root) || (value is null && head.Role == FileRole.Trash),
                "ancestorId" => WireId.FileNode.Resolve(text, created) is { } above && above != head.Id && tree.SelfAndAbove(head.Id).Contains(above),
                "hasParentId" => value.AsFlag() == (head.Parent is { } parent && parent != root),
                "nodeType" => text == (head.IsFolder ? "directory" : "file"),
                "role" => text == (head.Role == FileRole.Trash ? "trash" : ""),
                "name" => head.Name == FileNames.Of(text),
                "nameMatch" => FileSystemName.MatchesSimpleExpression(text, head.Name, ignoreCase: true),
                "type" => !head.IsFolder && string.Equals(head.Type ?? "application/octet-stream", text, StringComparison.OrdinalIgnoreCase),
                "typeMatch" => !head.IsFolder && FileSystemName.MatchesSimpleExpression(text, head.Type ?? "application/octet-stream", ignoreCase: true),
                "minSize" => !head.IsFolder && head.Size >= value.AsUnsigned(),
                "maxSize" => !head.IsFolder && head.Size < value.AsUnsigned(),
                "createdBefore" => head.Created < JmapDates.ReadUtc(text),
                "createdAfter" => head.Created >= JmapDates.ReadUtc(text),
                "modifiedBefore" => head.Modified < JmapDates.ReadUtc(text),
                "modifiedAfter" => head.Modified >= JmapDates.ReadUtc(text),
                "isExecutable" => value.AsFlag() == head.IsExecutable,
                _ => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
                    CultureInfo.InvariantCulture.CompareInfo.IndexOf(head.Name, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0),
            };
            if (!matches) return false;
        }

        return true;
    }

    static int Compare(FileHead a, FileHead b, IReadOnlyList<FileSort> sort)
    {
        foreach (var (property, isAscending) in sort)
        {
            var order = property switch
            {
                "nodeType" => b.IsFolder.CompareTo(a.IsFolder),
                "name" => ByName.Compare(a.Name, b.Name),
                "type" => string.CompareOrdinal(a.Type, b.Type),
                "size" => a.Size.CompareTo(b.Size),
                "created" => a.Created.CompareTo(b.Created),
                "modified" => a.Modified.CompareTo(b.Modified),
                _ => 0,
            };
            if (order != 0) return isAscending ? order : -order;
        }

        return a.Id.CompareTo(b.Id);
    }
}
