using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Properties in the JSON of jCard (RFC 7095 §3.3), as <c>vCardProps</c> keeps what JSContact has no word for. RFC 9555 §2.15.1.</summary>
static class JCard
{
    static readonly string[] Structured = ["N", "ADR", "ORG", "GENDER"];
    static readonly string[] Texts =
    [
        "FN", "NICKNAME", "KIND", "TITLE", "ROLE", "NOTE", "PRODID", "EMAIL", "TEL", "TZ", "XML", "LABEL", "CATEGORIES", "BIRTHPLACE", "DEATHPLACE", "EXPERTISE", "HOBBY", "INTEREST",
        "PRONOUNS", "GRAMGENDER", "JSPROP",
    ];

    static readonly string[] Uris = ["URL", "SOURCE", "PHOTO", "LOGO", "SOUND", "KEY", "CALURI", "CALADRURI", "FBURL", "IMPP", "MEMBER", "RELATED", "GEO", "UID", "CONTACT-URI", "ORG-DIRECTORY"];
    static readonly string[] Dates = ["BDAY", "ANNIVERSARY", "DEATHDATE"];
    static readonly string[] Moments = ["REV", "CREATED"];

    /// <summary>The property as a jCard array.</summary>
    public static JsonArray Write(CardProperty property)
    {
        var parameters = new Parameters(property);
        var type = (parameters.Take("value") ?? TypeOf(property)).ToLowerInvariant();
        var values = Values(property, ref type);
        return [property.Name.ToLowerInvariant(), parameters.Rest(property.Group) ?? [], type, .. values];
    }

    /// <summary>The property of a jCard array; null when it is none.</summary>
    public static CardProperty? Read(JsonNode? node)
    {
        if (node is not JsonArray { Count: >= 4 } array || array[0].Text() is not { } name || !ContentLine.IsName(name) || array[1] is not JsonObject parameters || array[2].Text() is not { } type) return null;
        var property = Parameters.Add(new CardProperty(name.ToUpperInvariant(), ""), parameters);
        var values = array.Skip(3).ToList();
        if (values.Exists(value => value is null or JsonObject)) return null;
        if (type != "unknown" && type != TypeOf(property)) property = property.With("VALUE", type);
        return property with { Value = string.Join(',', values.Select(value => Value(value!, type))) };
    }

    static string TypeOf(CardProperty property)
    {
        if (Texts.Any(property.Is) || Structured.Any(property.Is)) return "text";
        if (Uris.Any(property.Is)) return "uri";
        if (Dates.Any(property.Is)) return "date-and-or-time";
        if (Moments.Any(property.Is)) return "timestamp";
        return property.Is("LANG") || property.Is("LANGUAGE") ? "language-tag" : "unknown";
    }

    static IEnumerable<JsonNode> Values(CardProperty property, ref string type)
    {
        switch (type)
        {
            case "text" when Structured.Any(property.Is):
                return [new JsonArray([.. CardText.Components(property.Value).Select(Component)])];
            case "text" when property.Is("CATEGORIES") || property.Is("NICKNAME"):
                return CardText.List(property.Value).Select(text => (JsonNode)text);
            case "text":
                return [property.Text];
            case "date" or "date-time" or "date-and-or-time" or "timestamp" when CardDate.TryParse(property.Value, out var date):
                return [date.ToExtended()];
            case "integer" when long.TryParse(property.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == property.Value:
                return [number];
            default:
                return [property.Value];
        }
    }

    static JsonNode Component(IReadOnlyList<string> component) => component.Count switch
    {
        0 => "",
        1 => component[0],
        _ => new JsonArray([.. component.Select(text => (JsonNode)text)]),
    };

    static string Value(JsonNode node, string type)
    {
        if (node is JsonArray components) return CardText.Join(components.Select(ComponentTexts));
        if (node.Text() is not { } text) return node.GetValueKind() is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number ? node.ToJsonString() : "";
        return type switch
        {
            "text" => CardText.Escape(text),
            "date" or "date-time" or "date-and-or-time" or "timestamp" when CardDate.TryParse(text, out var date) => date.ToBasic(),
            _ => text,
        };
    }

    static IReadOnlyList<string> ComponentTexts(JsonNode? component) => component switch
    {
        JsonArray list => [.. list.Select(item => item.Text() ?? "")],
        _ => component.Text() is { Length: > 0 } text ? [text] : [],
    };
}
