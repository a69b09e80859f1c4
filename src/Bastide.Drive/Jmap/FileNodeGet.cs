using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary><c>FileNode/get</c>. draft-ietf-jmap-filenode; RFC 8620 §5.1.</summary>
sealed class FileNodeGet(FileNodes nodes)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var properties = FileNodeView.For(call);
        var request = GetRequest.Parse(call, properties.Names);
        var ids = new RequestedIds(WireId.FileNode, request.Ids);
        var (found, state) = await nodes.Get(call.Caller, call.Account, ids.Numbers, call.Limits.MaxObjectsInGet + 1, call.Cancellation);
        ids.CheckCount(found.Count, call);
        var trashed = await nodes.Trashed([.. found.Where(file => file is { IsInTrash: true, Depth: 1 }).Select(file => file.Node.Id)], call.Cancellation);
        return properties.Answer(call, state.ToString(), request, found.Select(file => new FileNodeView(file, trashed.GetValueOrDefault(file.Node.Id))), ids.NotFound(found.Select(file => file.Node.Id)));
    }
}
