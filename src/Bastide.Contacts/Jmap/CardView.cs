using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.VCard.JsContact;

namespace Bastide.Contacts.Jmap;

/// <summary>The ContactCard object: a JSContact card with its id and its address books. RFC 9610 §3.</summary>
static class CardView
{
    /// <summary>Its properties that are no JSContact.</summary>
    public static readonly HashSet<string> Own = ["id", AddressBookIdSet.Property];

    /// <summary>Whether a card may have a property of this name: JSContact knows no end of them.</summary>
    public static bool MayHave(string property) => property.Length is > 0 and <= 255 && !property.Any(char.IsControl);

    /// <summary>The properties asked for that the card has; all of them where that is null.</summary>
    public static JsonObject Write(ContactCard card, IReadOnlyList<string>? names)
    {
        var written = new JsonObject { ["id"] = WireId.ContactCard.Write(card.Id) };
        if (names?.Contains(AddressBookIdSet.Property) != false)
            written[AddressBookIdSet.Property] = new JsonObject(card.AddressBookIds.Select(book => KeyValuePair.Create(WireId.AddressBook.Write(book), (JsonNode?)true)));
        foreach (var (name, value) in card.Card)
            if (names?.Contains(name) != false)
                written[name] = value?.DeepClone();
        return written;
    }

    /// <summary>What of a new card is not as the client gave it. RFC 8620 §5.3.</summary>
    public static JsonObject ServerSet(ContactCard card, JsonObject given)
    {
        var canonical = (JsonObject)given.DeepClone();
        foreach (var name in Own) canonical.Remove(name);
        canonical = JsContactSchema.Canonical(canonical);
        return new JsonObject(card.Card.Where(property => !JsonNode.DeepEquals(property.Value, canonical[property.Key])).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
    }
}
