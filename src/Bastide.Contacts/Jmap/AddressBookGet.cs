using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>AddressBook/get</c>. RFC 9610 §2.1.</summary>
sealed class AddressBookGet(AddressBooks books)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, AddressBookProperties.All.Names);
        var ids = new RequestedIds(WireId.AddressBook, request.Ids);
        var (found, state) = await books.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        ids.CheckCount(found.Count, call);
        return AddressBookProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(book => book.Id)));
    }
}
