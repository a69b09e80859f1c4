using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>The list <c>vCardProps</c>: properties of a vCard that JSContact has no word for, or that say more than it can.</summary>
static class KeptProps
{
    /// <summary>Properties that are kept because of their parameters, beside the value they became.</summary>
    public static readonly string[] StandIn = ["FN", "CATEGORIES", "MEMBER", "UID", "KIND", "LANGUAGE", "PRODID", "REV", "CREATED"];

    static readonly (string Name, string Property)[] Once =
        [("UID", "uid"), ("KIND", "kind"), ("LANGUAGE", "language"), ("PRODID", "prodId"), ("REV", "updated"), ("CREATED", "created")];

    /// <summary>The list in the one order it has: which of them comes first says nothing.</summary>
    public static JsonArray InOrder(IEnumerable<JsonNode?> properties) =>
        new([.. properties.Select(property => property!.DeepClone()).OrderBy(Key, StringComparer.Ordinal)]);

    /// <summary>The card without what was kept of values it does not have any more.</summary>
    public static JsonObject WithoutOutdated(JsonObject card)
    {
        if (card["vCardProps"] is not JsonArray kept) return card;
        var left = kept.Where(node => JCard.Read(node) is not { } property || !IsOutdated(card, property)).ToList();
        if (left.Count == kept.Count) return card;
        if (left.Count == 0) card.Remove("vCardProps");
        else card["vCardProps"] = InOrder(left);
        return card;
    }

    /// <summary>What tells one property from another, whatever the order of its parameters.</summary>
    static string Key(JsonNode property)
    {
        var parts = (JsonArray)property;
        var parameters = (parts[1] as JsonObject ?? []).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value?.ToJsonString()}");
        return string.Join(' ', parts.Where((_, i) => i != 1).Select(part => part?.ToJsonString()).Concat(parameters));
    }

    static bool IsOutdated(JsonObject card, CardProperty property)
    {
        if (property.Is("CATEGORIES")) return !CardText.List(property.Value).TrueForAll(keyword => keyword.Length == 0 || card["keywords"]?[keyword].IsTrue() == true);
        if (property.Is("MEMBER")) return card["kind"].Text() == "group" && card["members"]?[property.Value].IsTrue() != true;
        if (Once.FirstOrDefault(once => property.Is(once.Name)).Property is not { } name || card[name].Text() is not { } value) return false;
        var said = name is "updated" or "created" ? Moments.Read(property.Value) : name == "kind" ? property.Text.ToLowerInvariant() : name is "uid" or "language" ? property.Value : property.Text;
        return said != value;
    }
}
