namespace Bastide.Drive.Store;

/// <summary>What stands in what, of nodes that were read together; and what all of them stand in, where that was read apart.</summary>
sealed class FileTree
{
    readonly Dictionary<long, long?> _parents;
    readonly HashSet<long> _trash;

    public FileTree(IReadOnlyCollection<FileHead> heads, IReadOnlyList<FileNode> above)
    {
        _parents = new Dictionary<long, long?>(heads.Count + above.Count);
        foreach (var head in heads) _parents[head.Id] = head.Parent;
        foreach (var node in above) _parents[node.Id] = node.ParentId;
        _trash = [.. heads.Where(head => head.Role == FileRole.Trash).Select(head => head.Id), .. above.Where(node => node.Role == FileRole.Trash).Select(node => node.Id)];
    }

    /// <summary>A node and all it stands in, from itself up.</summary>
    public IEnumerable<long> SelfAndAbove(long node)
    {
        for (long? at = node; at is { } id; at = _parents.GetValueOrDefault(id)) yield return id;
    }

    /// <summary>Whether it was thrown away, or stands in something that was; so is the trash.</summary>
    public bool IsInTrash(long node) => SelfAndAbove(node).Any(_trash.Contains);
}
