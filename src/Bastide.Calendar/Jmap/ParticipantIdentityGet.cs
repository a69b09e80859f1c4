using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>ParticipantIdentity/get</c>.</summary>
sealed class ParticipantIdentityGet(ParticipantIdentities identities)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, ParticipantIdentityProperties.All.Names);
        var ids = new RequestedIds(CalendarIds.Identity, request.Ids);
        var (found, state) = await identities.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        return ParticipantIdentityProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(i => i.Id)));
    }
}
