using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary><c>FileVersion/restore</c>: puts a former content back; the present one becomes a version. See docs/protocols/files.md.</summary>
sealed class FileVersionRestore(FileVersions versions, FileNodes nodes)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        if (WireId.FileNode.Resolve(call.Arguments.Text("nodeId"), call.Created) is not { } node || WireId.FileVersion.Read(call.Arguments.Text("id")) is not { } version)
            throw JmapException.InvalidArguments("nodeId and id are those of a file and of one of its versions.");
        var outcome = await versions.Restore(call.Caller, call.Account, node, version, call.Cancellation);
        if (outcome.Refused is { } refused) throw SetErrors.From(refused).OfWholeCall();
        return new JsonObject { ["accountId"] = call.Account.ToString(), ["nodeId"] = WireId.FileNode.Write(node), ["newState"] = (await nodes.State(call.Account, call.Cancellation)).ToString() };
    }
}
