using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Identity/get</c>. RFC 8621 §6.1.</summary>
sealed class IdentityGet(Identities identities)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, IdentityProperties.All.Names);
        var ids = new RequestedIds(WireId.Identity, request.Ids);
        var (found, state) = await identities.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        ids.CheckCount(found.Count, call);
        return IdentityProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(i => i.Id)));
    }
}
