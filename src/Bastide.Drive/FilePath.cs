using Bastide.Platform.Accounts;

namespace Bastide.Drive;

/// <summary>A node with all that it stands in, and what the caller may do with it.</summary>
/// <param name="Nodes">From the root (or the trash) down to the node itself.</param>
/// <param name="Rights">What the caller may do with the node.</param>
public sealed record FilePath(IReadOnlyList<FileNode> Nodes, Rights Rights)
{
    /// <summary>The node itself.</summary>
    public FileNode Node => Nodes[^1];

    /// <summary>Whether it was thrown away, or stands in something that was.</summary>
    public bool IsInTrash => Nodes[0].Role == FileRole.Trash;

    /// <summary>The names from below the root down.</summary>
    public IEnumerable<string> Names => Nodes.Skip(1).Select(node => node.Name);

    /// <summary>How deep it stands; the root at 0.</summary>
    public int Depth => Nodes.Count - 1;

    /// <summary>Whether it is that node or stands below it.</summary>
    public bool IsWithin(long node) => Nodes.Any(above => above.Id == node);
}
