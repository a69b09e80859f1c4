using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>ParticipantIdentity/changes</c>.</summary>
sealed class ParticipantIdentityChanges(ParticipantIdentities identities)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var changes = await identities.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation);
        return ChangesAnswer.From(call, changes, CalendarIds.Identity.Write);
    }
}
