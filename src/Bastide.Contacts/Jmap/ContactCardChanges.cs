using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>ContactCard/changes</c>. RFC 9610 §3.2.</summary>
sealed class ContactCardChanges(ContactCards cards)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var changes = await cards.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation);
        return ChangesAnswer.From(call, changes, WireId.ContactCard.Write);
    }
}
