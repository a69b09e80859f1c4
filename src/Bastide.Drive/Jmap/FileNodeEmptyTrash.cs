using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary><c>FileNode/emptyTrash</c>: destroys all that was thrown away. See docs/protocols/files.md.</summary>
sealed class FileNodeEmptyTrash(FileTrash trash, FileNodes nodes)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        call.CheckWritable();
        var destroyed = await trash.Empty(call.Caller, call.Account, call.Cancellation);
        return new JsonObject { ["accountId"] = call.Account.ToString(), ["destroyed"] = destroyed, ["newState"] = (await nodes.State(call.Account, call.Cancellation)).ToString() };
    }
}
