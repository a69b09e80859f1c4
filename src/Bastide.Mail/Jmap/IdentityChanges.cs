using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Identity/changes</c>. RFC 8621 §6.2.</summary>
sealed class IdentityChanges(Identities identities)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var changes = await identities.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation);
        return ChangesAnswer.From(call, changes, WireId.Identity.Write);
    }
}
