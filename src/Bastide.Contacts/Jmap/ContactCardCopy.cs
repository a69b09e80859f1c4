using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>ContactCard/copy</c>: from one account to another. RFC 9610 §3.6, RFC 8620 §5.4.</summary>
sealed class ContactCardCopy(ContactCards cards)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = await CopyRequest.Parse(call);
        var notCreated = new JsonObject();
        var create = new Dictionary<string, CardCopyItem>();
        foreach (var (creationId, properties) in request.Create)
        {
            var (item, error) = Read(properties, call.Created);
            if (item is not null) create[creationId] = item;
            else notCreated[creationId] = error!.ToJson();
        }

        var outcome = await cards.Copy(call.Caller, request.From, call.Account, new CardCopy { IfFromInState = request.IfFromInState, IfInState = request.IfInState, Create = create }, call.Cancellation);
        if (outcome.Refused is { } refused) throw SetErrors.From(refused).OfWholeCall();
        var created = new JsonObject();
        foreach (var (creationId, card) in outcome.Created)
        {
            var set = CardView.ServerSet(card, []);
            set["id"] = WireId.ContactCard.Write(card.Id);
            created[creationId] = set;
            call.Created.Add(creationId, WireId.ContactCard.Write(card.Id));
        }

        foreach (var (creationId, error) in outcome.NotCreated) notCreated[creationId] = SetErrors.From(error).ToJson();
        return await request.Answer(call, "ContactCard/set", outcome.OldState, outcome.NewState, created, notCreated);
    }

    static (CardCopyItem? Item, SetError? Error) Read(JsonObject given, CreatedIds created)
    {
        var invalid = new InvalidProperties();
        var books = AddressBookIdSet.Read(given[AddressBookIdSet.Property], created, invalid);
        if (invalid.Any) return (null, invalid.ToError());
        if (WireId.ContactCard.Read(given["id"].AsText()) is not { } id) return (null, SetError.NotFound);
        var properties = (JsonObject)given.DeepClone();
        foreach (var name in CardView.Own) properties.Remove(name);
        return (new CardCopyItem(id, books, properties), null);
    }
}
