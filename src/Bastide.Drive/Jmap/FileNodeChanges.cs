using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary><c>FileNode/changes</c>. RFC 8620 §5.2.</summary>
sealed class FileNodeChanges(FileNodes nodes)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        return ChangesAnswer.From(call, await nodes.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation), WireId.FileNode.Write);
    }
}
