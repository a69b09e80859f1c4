using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary>A FileNode as it is told.</summary>
/// <param name="File">The node with what it stands in.</param>
/// <param name="Trashed">Where it came from, of what was itself thrown away.</param>
sealed record FileNodeView(FilePath File, TrashedFile? Trashed)
{
    /// <summary>The name of the trash on the wire; programs show their own.</summary>
    const string TrashName = "Trash";

    public static readonly ObjectProperties<FileNodeView> All = new(Standard);

    static readonly ObjectProperties<FileNodeView> WithExtensions = new([.. Standard, ("trashed", view => view.Trashed is { } trashed ? Write(trashed) : null)]);

    static (string, Func<FileNodeView, JsonNode?>)[] Standard =>
    [
        ("id", view => WireId.FileNode.Write(view.Node.Id)),
        // What stands in the root stands in nothing, for JMAP; so does the trash.
        ("parentId", view => view.File.Depth == 0 || view.File.Nodes[^2].Role == FileRole.Root ? null : WireId.FileNode.Write(view.Node.ParentId)),
        ("nodeType", view => view.Node.IsFolder ? "directory" : "file"),
        ("blobId", view => view.Node.Blob?.ToString()),
        ("size", view => view.Node.IsFolder ? null : view.Node.Size),
        ("name", view => view.Node.Role == FileRole.Trash ? TrashName : view.Trashed?.Name ?? view.Node.Name),
        ("type", view => view.Node.IsFolder ? null : view.Node.Type ?? "application/octet-stream"),
        ("created", view => JmapDates.WriteUtc(view.Node.Created)),
        ("modified", view => JmapDates.WriteUtc(view.Node.Modified)),
        ("accessed", _ => null),
        ("executable", view => view.Node.IsExecutable),
        ("role", view => view.Node.Role == FileRole.Trash ? "trash" : null),
        ("myRights", view => Write(view.File)),
    ];

    FileNode Node => File.Node;

    /// <summary>The properties that a call may ask for.</summary>
    public static ObjectProperties<FileNodeView> For(JmapCall call) => call.Uses(FileCapabilities.Extensions) ? WithExtensions : All;

    static JsonObject Write(FilePath file)
    {
        var (rights, isFixed) = (file.Rights, file.Node.Role != FileRole.None);
        var may = rights.HasFlag(Rights.Write);
        return new JsonObject
        {
            ["mayRead"] = rights.HasFlag(Rights.Read),
            ["mayAddChildren"] = may && file.Node.IsFolder && !file.IsInTrash,
            ["mayRename"] = may && !isFixed && !file.IsInTrash,
            ["mayDelete"] = rights.HasFlag(Rights.Delete) && !isFixed,
            ["mayModifyContent"] = may && !file.Node.IsFolder && !file.IsInTrash,
            ["mayShare"] = false,
        };
    }

    static JsonObject Write(TrashedFile trashed) => new()
    {
        ["name"] = trashed.Name,
        ["path"] = trashed.Path,
        ["parentId"] = WireId.FileNode.Write(trashed.Parent),
        ["at"] = JmapDates.WriteUtc(trashed.Deleted),
        ["by"] = trashed.By?.ToString(),
    };
}
