using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/changes</c>. RFC 8621 §4.3.</summary>
sealed class EmailChanges(Messages messages)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var changes = await messages.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation);
        return ChangesAnswer.From(call, changes, WireId.Email.Write);
    }
}
