using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>ContactCard/set</c>. RFC 9610 §3.5.</summary>
sealed class ContactCardSet(ContactCards cards)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, CardCreate>();
        foreach (var (creationId, properties) in request.Create)
        {
            var (card, error) = ReadCreate(properties, call.Created);
            if (card is not null) create[creationId] = card;
            else answer.NotCreated(creationId, error!);
        }

        var update = ReadUpdates(call, request.Updates(WireId.ContactCard, answer), answer);
        var outcome = await cards.Set(call.Caller, call.Account, new CardSet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = update,
            Destroy = request.Destroys(WireId.ContactCard, answer),
        }, call.Cancellation);
        return answer.Answer(
            outcome,
            WireId.ContactCard,
            SetErrors.From,
            (creationId, card) => (card.Id, CardView.ServerSet(card, request.Create.First(c => c.Key == creationId).Value)),
            card => update[card.Id].Patch!.ContainsKey("updated") ? null : new JsonObject { ["updated"] = card.Card["updated"]!.DeepClone() });
    }

    static (CardCreate? Card, SetError? Error) ReadCreate(JsonObject given, CreatedIds created)
    {
        var invalid = new InvalidProperties();
        var books = AddressBookIdSet.Read(given[AddressBookIdSet.Property], created, invalid);
        if (given.ContainsKey("id")) invalid.Add("id", "the server sets it.");
        if (invalid.Any) return (null, invalid.ToError());
        var card = (JsonObject)given.DeepClone();
        card.Remove(AddressBookIdSet.Property);
        foreach (var (name, value) in card.ToList())
            if (value is null)
                card.Remove(name);
        return (new CardCreate(card, books), null);
    }

    static Dictionary<long, CardUpdate> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, SetAnswer answer)
    {
        var updates = new Dictionary<long, CardUpdate>();
        foreach (var (id, given) in patches)
        {
            var invalid = new InvalidProperties();
            var patch = (JsonObject)given.DeepClone();
            var books = AddressBookIdSet.Take(patch, call.Created, invalid);
            if (patch.TryGetPropertyValue("id", out var repeated))
            {
                if (repeated.AsText() != WireId.ContactCard.Write(id)) invalid.Add("id", "it cannot be changed.");
                patch.Remove("id");
            }

            if (invalid.Any) answer.NotUpdated(WireId.ContactCard.Write(id), invalid.ToError());
            else updates[id] = new CardUpdate { Patch = patch.Count == 0 ? null : patch, AddressBookIds = books };
        }

        return updates;
    }
}
