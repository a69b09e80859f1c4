using System.Text.Json.Nodes;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.VCard;
using Bastide.Protocols.VCard.JsContact;

namespace Bastide.Contacts.Store;

/// <summary>Derives from a vCard what lists, searches and JMAP need of it.</summary>
static class CardDerivation
{
    const int LongestFind = 20_000;
    const int LongestName = 1000;

    /// <summary>Everything that is stored of a vCard that has a uid.</summary>
    /// <param name="vCard">The vCard.</param>
    /// <param name="octets">The same as it is kept.</param>
    /// <param name="created">When the card was made here, where the card itself does not say it.</param>
    /// <param name="updated">When it was changed here last, likewise.</param>
    public static CardContent Of(Card vCard, byte[] octets, DateTimeOffset created, DateTimeOffset updated)
    {
        var card = JsContactCard.FromVCard(vCard);
        var media = TakeMedia(card);
        var createdAt = JmapDates.ReadUtc(card["created"].AsText()) ?? created;
        var updatedAt = JmapDates.ReadUtc(card["updated"].AsText()) ?? updated;
        card["created"] = JmapDates.WriteUtc(createdAt);
        card["updated"] = JmapDates.WriteUtc(updatedAt);
        var name = card["name"] as JsonObject ?? [];
        var components = (name["components"] as JsonArray ?? []).OfType<JsonObject>().Where(c => c["kind"].AsText() != "separator").Select(c => c["value"].AsText()).ToList();
        var full = JsContactName.Full(name).Trim();
        return new CardContent
        {
            Uid = card["uid"].AsText() ?? throw new ArgumentException("A card that is stored has a uid.", nameof(vCard)),
            Kind = card["kind"].AsText() ?? "individual",
            FullName = Bounded(full.Length > 0 ? full : Otherwise(card), LongestName),
            Given = Component(name, "given"),
            Surname = Component(name, "surname"),
            Surname2 = Component(name, "surname2"),
            FindNames = Find([full, .. components]),
            FindNicknames = Find(Values(card, "nicknames", "name")),
            FindOrganizations = Find(Entries(card, "organizations").SelectMany(o => (o["units"] as JsonArray ?? []).Select(unit => (unit as JsonObject)?["name"].AsText()).Prepend(o["name"].AsText()))),
            FindEmails = Find(Values(card, "emails", "address", "label")),
            FindPhones = Find(Phones(card)),
            FindServices = Find(Values(card, "onlineServices", "service", "uri", "user", "label")),
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
            Members = [.. (card["members"] as JsonObject ?? []).Select(member => member.Key)],
            Media = media,
            Card = card,
            VCard = octets,
            ETag = Convert.ToHexStringLower(BlobId.Of(octets).Hash[..16]),
        };
    }

    /// <summary>The digits of a telephone number, so that however it is written it is found.</summary>
    public static string Digits(string number) => new([.. number.Where(char.IsAsciiDigit)]);

    /// <summary>The entries of a map of a card.</summary>
    public static IEnumerable<JsonObject> Entries(JsonObject card, string map) => (card[map] as JsonObject ?? []).Select(entry => entry.Value).OfType<JsonObject>();

    /// <summary>Octets within the card become blobs, named and not shown (RFC 9610 §3).</summary>
    static List<BlobId> TakeMedia(JsonObject card)
    {
        var blobs = new List<BlobId>();
        foreach (var media in Entries(card, "media"))
        {
            if (!DataUri.TryParse(media["uri"].AsText() ?? "", out var data)) continue;
            var blob = BlobId.Of(data.Octets());
            media.Remove("uri");
            media["blobId"] = blob.ToString();
            if (!media.ContainsKey("mediaType")) media["mediaType"] = data.MediaType;
            blobs.Add(blob);
        }

        return [.. blobs.Distinct()];
    }

    /// <summary>What a card is called that has no name.</summary>
    static string Otherwise(JsonObject card) =>
        Values(card, "nicknames", "name").Concat(Entries(card, "organizations").Select(o => o["name"].AsText())).Concat(Values(card, "emails", "address")).Concat(Values(card, "phones", "number"))
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";

    static IEnumerable<string?> Values(JsonObject card, string map, params string[] names) => Entries(card, map).SelectMany(entry => names.Select(name => entry[name].AsText()));

    static IEnumerable<string?> Phones(JsonObject card)
    {
        foreach (var phone in Entries(card, "phones"))
        {
            yield return phone["number"].AsText();
            yield return phone["label"].AsText();
            yield return Digits(phone["number"].AsText() ?? "");
        }
    }

    static string? Component(JsonObject name, string kind) => JsContactName.Component(name, kind) is { Length: > 0 } value ? Bounded(value, LongestName) : null;

    static string Find(IEnumerable<string?> texts) => Bounded(FoldedText.Of(texts.Where(text => text is not null).Distinct()), LongestFind);

    static string Bounded(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
