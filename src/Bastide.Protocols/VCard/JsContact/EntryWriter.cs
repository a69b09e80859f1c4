using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Writes entries of maps as vCard properties: the rules of <see cref="Entries"/> the other way round.</summary>
static class EntryWriter
{
    /// <summary>An entry by a rule of the table; null when it lacks its value.</summary>
    public static CardProperty? Write(PropertyRule rule, JsonObject entry)
    {
        if (entry[rule.Value].Text() is not { } value) return null;
        var type = entry["vCardParams"]?["value"].Text() ?? (rule.IsUri ? "uri" : rule.Name == "TEL" && UriText.Is(value) ? "uri" : "text");
        var property = new CardProperty(rule.Name, type == "text" && rule.Name != "LANG" ? CardText.Escape(value) : value);
        if (type == "uri" && !rule.IsUri) property = property.With("VALUE", "uri");
        else if (entry["vCardParams"]?["value"] is not null) property = property.With("VALUE", type);
        if (rule.Takes.HasFlag(RuleTakes.Features)) property = WithTypes(property, entry["features"].Set().Select(Entries.TypeOf));
        if (rule.Takes.HasFlag(RuleTakes.MediaType)) property = With(property, "MEDIATYPE", entry["mediaType"].Text());
        if (rule.Takes.HasFlag(RuleTakes.ListAs)) property = With(property, "INDEX", entry["listAs"].Whole()?.ToString(CultureInfo.InvariantCulture));
        if (rule.Takes.HasFlag(RuleTakes.Level)) property = With(property, "LEVEL", LevelOf(rule, entry["level"].Text()));
        if (rule.Takes.HasFlag(RuleTakes.Author))
        {
            property = With(property, "CREATED", Moments.Write(entry["created"]));
            property = With(property, "AUTHOR", entry["author"]?["uri"].Text());
            property = With(property, "AUTHOR-NAME", entry["author"]?["name"].Text());
        }

        return Finish(property, entry, rule.Takes);
    }

    /// <summary>An online service. RFC 9555 §2.7.2, §2.7.5.</summary>
    public static CardProperty? Service(JsonObject entry)
    {
        var name = entry["vCardName"].Text();
        var (service, uri, user) = (entry["service"].Text(), entry["uri"].Text(), entry["user"].Text());
        CardProperty property;
        if (name is not null && Services.Of(name) is { } known && known == service && user is not null && uri is null)
        {
            property = new CardProperty(name.ToUpperInvariant(), CardText.Escape(user));
        }
        else
        {
            if (uri is null && user is null) return null;
            var value = name == "impp" ? "IMPP" : "SOCIALPROFILE";
            property = uri is null ? new CardProperty(value, CardText.Escape(user!)).With("VALUE", "text") : With(new CardProperty(value, uri), "USERNAME", user);
            property = With(property, "SERVICE-TYPE", service);
        }

        return Finish(property, entry, RuleTakes.Labelled);
    }

    /// <summary>An organisation and its units. RFC 9555 §2.9.4.</summary>
    public static CardProperty Organisation(JsonObject entry)
    {
        var units = (entry["units"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        List<string> names = [entry["name"].Text() ?? "", .. units.Select(unit => unit["name"].Text() ?? "")];
        List<string> sorts = [entry["sortAs"].Text() ?? "", .. units.Select(unit => unit["sortAs"].Text() ?? "")];
        var property = new CardProperty("ORG", string.Join(';', names.Select(CardText.Escape)));
        var last = sorts.FindLastIndex(sort => sort.Length > 0);
        if (last >= 0 && !sorts.Exists(sort => sort.Contains(',', StringComparison.Ordinal))) property = property.With("SORT-AS", sorts[..(last + 1)]);
        return Finish(property, entry, RuleTakes.Contexts);
    }

    /// <summary>An address, or where it is alone when that is what an earlier vCard had. RFC 9555 §2.6.1, §2.8.</summary>
    public static CardProperty Address(JsonObject entry)
    {
        if (entry["vCardName"].Text() == "geo" && entry["coordinates"].Text() is { } geo) return Finish(new CardProperty("GEO", geo), entry, RuleTakes.Contexts | RuleTakes.Pref);
        if (entry["vCardName"].Text() == "tz" && entry["timeZone"].Text() is { } zone)
        {
            var (value, isOffset) = Places.WriteZone(zone);
            return Finish(isOffset ? new CardProperty("TZ", value).With("VALUE", "utc-offset") : new CardProperty("TZ", value), entry, RuleTakes.Contexts | RuleTakes.Pref);
        }

        var property = Structured(ComponentLayout.Address, "ADR", entry);
        property = With(property, "LABEL", entry["full"].Text());
        property = With(property, "GEO", entry["coordinates"].Text());
        property = With(property, "TZ", entry["timeZone"].Text() is { } name ? Places.WriteZone(name).Value : null);
        property = With(property, "CC", entry["countryCode"].Text());
        return Finish(property, entry, RuleTakes.Contexts | RuleTakes.Pref, "billing", "delivery");
    }

    /// <summary>The components of a name. RFC 9555 §2.5.5.</summary>
    public static CardProperty Name(JsonObject name)
    {
        var property = Structured(ComponentLayout.Name, "N", name);
        if (name["sortAs"] is JsonObject sorts)
        {
            var values = ComponentLayout.Name.Kinds.Select(kind => sorts[kind].Text() ?? "").ToList();
            var last = values.FindLastIndex(value => value.Length > 0);
            if (last >= 0 && !values.Exists(value => value.Contains(',', StringComparison.Ordinal))) property = property.With("SORT-AS", values[..(last + 1)]);
        }

        return Parameters.Add(property, name["vCardParams"]);
    }

    /// <summary>How the components are pronounced; null when nothing says it.</summary>
    public static CardProperty? Phonetic(ComponentLayout layout, string property, JsonObject entry)
    {
        var phonetics = Components(entry).Zip(entry["components"] as JsonArray ?? [], (component, node) => (component.Kind, Text: node?["phonetic"].Text() ?? "")).ToList();
        if (phonetics.TrueForAll(component => component.Text.Length == 0)) return null;
        // What has none leaves its place empty, so that the others stand where what they pronounce does.
        var value = layout.Place(phonetics, " ").Value;
        return With(new CardProperty(property, value).With("PHONETIC", entry["phoneticSystem"].Text() ?? "script"), "SCRIPT", entry["phoneticScript"].Text());
    }

    /// <summary>The same without what is said of its pronunciation.</summary>
    public static JsonObject WithoutPhonetic(JsonObject entry)
    {
        var copy = (JsonObject)entry.DeepClone();
        copy.Remove("phoneticSystem");
        copy.Remove("phoneticScript");
        foreach (var component in copy["components"] as JsonArray ?? []) (component as JsonObject)?.Remove("phonetic");
        return copy;
    }

    /// <summary>The parameters kept from an earlier vCard but VALUE, which the value itself was written by.</summary>
    public static JsonNode? WithoutValue(JsonNode? vCardParams)
    {
        if (vCardParams is not JsonObject parameters || !parameters.ContainsKey("value")) return vCardParams;
        var copy = (JsonObject)parameters.DeepClone();
        copy.Remove("value");
        return copy;
    }

    static CardProperty Structured(ComponentLayout layout, string name, JsonObject entry)
    {
        var components = Components(entry);
        var isOrdered = entry["isOrdered"].IsTrue();
        var separator = entry["defaultSeparator"].Text();
        var (value, places) = layout.Place(components, " ");
        var property = new CardProperty(name, value);
        return isOrdered && JsComps.Write(components, places, separator) is { } order && components.Count > 0 ? property.With("JSCOMPS", order) : property;
    }

    static List<(string Kind, string Text)> Components(JsonObject entry) =>
        [.. (entry["components"] as JsonArray ?? []).Select(component => ((component as JsonObject)?["kind"].Text() ?? "", (component as JsonObject)?["value"].Text() ?? ""))];

    static CardProperty Finish(CardProperty property, JsonObject entry, RuleTakes takes, params ReadOnlySpan<string> contexts)
    {
        if (takes.HasFlag(RuleTakes.Contexts))
        {
            var types = new List<string?>();
            foreach (var context in entry["contexts"].Set())
            {
                if (context is "private" or "work") types.Add(context == "private" ? "home" : "work");
                else if (contexts.Contains(context)) types.Add(context);
            }

            property = WithTypes(property, types);
        }

        if (takes.HasFlag(RuleTakes.Pref)) property = With(property, "PREF", entry["pref"].Whole()?.ToString(CultureInfo.InvariantCulture));
        return Parameters.Add(property, WithoutValue(entry["vCardParams"]));
    }

    static CardProperty WithTypes(CardProperty property, IEnumerable<string?> types)
    {
        var known = types.OfType<string>().ToList();
        return known.Count == 0 ? property : property.With("TYPE", [.. property.All("TYPE"), .. known]);
    }

    static CardProperty With(CardProperty property, string parameter, string? value) => value is null ? property : property.With(parameter, value);

    static string? LevelOf(PropertyRule rule, string? level) =>
        rule.Name != "EXPERTISE" ? level : level switch { "low" => "beginner", "medium" => "average", "high" => "expert", _ => null };
}
