using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary><c>FileVersion/get</c>: the contents a file had before, the latest first. See docs/protocols/files.md.</summary>
sealed class FileVersionGet(FileVersions versions)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var node = call.Arguments.Text("nodeId");
        if (WireId.FileNode.Resolve(node, call.Created) is not { } id || await versions.List(call.Caller, call.Account, id, call.Cancellation) is not { } found)
            throw JmapException.InvalidArguments("nodeId is no file that you may read.");
        return new JsonObject { ["accountId"] = call.Account.ToString(), ["nodeId"] = WireId.FileNode.Write(id), ["list"] = new JsonArray([.. found.Versions.Select(Write)]) };
    }

    static JsonNode Write(FileVersion version) => new JsonObject
    {
        ["id"] = WireId.FileVersion.Write(version.Id),
        ["nodeId"] = WireId.FileNode.Write(version.Node),
        ["blobId"] = version.Blob.ToString(),
        ["size"] = version.Size,
        ["type"] = version.Type ?? "application/octet-stream",
        ["modified"] = JmapDates.WriteUtc(version.Modified),
        ["replaced"] = JmapDates.WriteUtc(version.Replaced),
        ["author"] = version.Author?.ToString(),
    };
}
