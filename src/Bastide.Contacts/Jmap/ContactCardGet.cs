using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>ContactCard/get</c>. RFC 9610 §3.1.</summary>
sealed class ContactCardGet(ContactCards cards)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, CardView.Own, CardView.MayHave);
        var ids = new RequestedIds(WireId.ContactCard, request.Ids);
        var (found, state) = await cards.Get(call.Caller, call.Account, ids.Numbers, call.Limits.MaxObjectsInGet + 1, call.Cancellation);
        ids.CheckCount(found.Count, call);
        return GetAnswer.Make(call, state.ToString(), found.Select(card => CardView.Write(card, request.Properties)), ids.NotFound(found.Select(card => card.Id)));
    }
}
