using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Makes the entries of maps from vCard properties. RFC 9555 §2.3–2.13.</summary>
sealed class Entries(CardGroups groups)
{
    static readonly Dictionary<string, string> Features = new(StringComparer.Ordinal)
    {
        ["cell"] = "mobile",
        ["fax"] = "fax",
        ["main-number"] = "main-number",
        ["pager"] = "pager",
        ["text"] = "text",
        ["textphone"] = "textphone",
        ["video"] = "video",
        ["voice"] = "voice",
    };

    /// <summary>The TYPE that stands for a feature of a telephone.</summary>
    public static string? TypeOf(string feature) => Features.FirstOrDefault(f => f.Value == feature).Key;

    /// <summary>An entry by a rule of the table; null where the value is of a type that JSContact has not.</summary>
    public JsonObject? Make(PropertyRule rule, CardProperty property, Parameters parameters)
    {
        if (!TakeValueType(rule, property, parameters, out var value)) return null;
        var entry = new JsonObject();
        if (rule.Kind is { } kind) entry["kind"] = kind;
        entry[rule.Value] = value;
        if (rule.Takes.HasFlag(RuleTakes.Features))
            foreach (var (type, feature) in Features)
                if (parameters.TakeType(type))
                    entry.Include("features", feature);
        if (rule.Takes.HasFlag(RuleTakes.MediaType) && parameters.Take("mediatype") is { } mediaType) entry["mediaType"] = mediaType;
        if (rule.Takes.HasFlag(RuleTakes.ListAs) && parameters.TakeNumber("index", 1, int.MaxValue) is { } listAs) entry["listAs"] = listAs;
        if (rule.Takes.HasFlag(RuleTakes.Level)) TakeLevel(rule, entry, parameters);
        if (rule.Takes.HasFlag(RuleTakes.Author)) TakeAuthor(entry, parameters);
        Finish(entry, property, parameters, rule.Takes);
        return entry;
    }

    /// <summary>An online service: IMPP, SOCIALPROFILE, or one of the properties that are older than both. RFC 9555 §2.7.2, §2.7.5.</summary>
    public JsonObject? MakeService(CardProperty property, Parameters parameters)
    {
        var entry = new JsonObject();
        if (Services.Of(property.Name) is { } service)
        {
            entry["service"] = service;
            entry["user"] = property.Text;
        }
        else
        {
            if (parameters.Take("service-type") is { } type) entry["service"] = type;
            var valueType = (parameters.Peek("value") ?? "uri").ToLowerInvariant();
            if (valueType is not ("uri" or "text") || (valueType == "text" && parameters.Peek("username") is not null)) return null;
            parameters.Drop("value");
            if (valueType == "text") entry["user"] = property.Text;
            else entry["uri"] = property.Value;
            if (parameters.Take("username") is { } user) entry["user"] = user;
        }

        if (!property.Is("SOCIALPROFILE")) entry["vCardName"] = property.Name.ToLowerInvariant();
        Finish(entry, property, parameters, RuleTakes.Labelled);
        return entry;
    }

    /// <summary>An organisation and its units. RFC 9555 §2.9.4.</summary>
    public JsonObject MakeOrganisation(CardProperty property, Parameters parameters)
    {
        // The parts of an organisation are no lists: a comma that nobody escaped is part of its name.
        var names = CardText.Split(property.Value, ';').ConvertAll(CardText.Unescape);
        while (names.Count > 1 && names[^1].Length == 0) names.RemoveAt(names.Count - 1);
        var entry = new JsonObject();
        if (names[0].Length > 0 || names.Count == 1) entry["name"] = names[0];
        var units = new JsonArray([.. names.Skip(1).Select(name => new JsonObject { ["name"] = name })]);
        if (units.Count > 0) entry["units"] = units;
        var sorts = string.Join(',', parameters.PeekAll("sort-as")).Split(',');
        if (parameters.Peek("sort-as") is not null && sorts.Length <= names.Count && sorts[^1].Length > 0)
        {
            parameters.Drop("sort-as");
            if (sorts[0].Length > 0) entry["sortAs"] = sorts[0];
            for (var i = 1; i < sorts.Length; i++)
                if (sorts[i].Length > 0)
                    units[i - 1]!["sortAs"] = sorts[i];
        }

        Finish(entry, property, parameters, RuleTakes.Contexts);
        return entry;
    }

    /// <summary>Takes what many entries have, and keeps the parameters that are left.</summary>
    public void Finish(JsonObject entry, CardProperty property, Parameters parameters, RuleTakes takes, params ReadOnlySpan<string> contexts)
    {
        if (takes.HasFlag(RuleTakes.Contexts))
        {
            if (parameters.TakeType("home")) entry.Include("contexts", "private");
            if (parameters.TakeType("work")) entry.Include("contexts", "work");
            foreach (var context in contexts)
                if (parameters.TakeType(context))
                    entry.Include("contexts", context);
        }

        if (takes.HasFlag(RuleTakes.Pref) && parameters.TakeNumber("pref", 1, 100) is { } pref) entry["pref"] = pref;
        if (takes.HasFlag(RuleTakes.Label) && groups.LabelOf(property) is { } label) entry["label"] = label;
        parameters.Drop("prop-id");
        if (parameters.Rest(groups.Kept(property)) is { } rest) entry["vCardParams"] = rest;
    }

    /// <summary>The value of a property and what VALUE says of it where that does not show in the value itself.</summary>
    static bool TakeValueType(PropertyRule rule, CardProperty property, Parameters parameters, out string value)
    {
        var type = parameters.Peek("value")?.ToLowerInvariant() ?? (rule.IsUri ? "uri" : rule.Name == "LANG" ? "language-tag" : "text");
        value = type is "uri" or "language-tag" ? property.Value : property.Text;
        if (rule.IsUri && type != "uri") return false;
        if (value.Length == 0 && (rule.IsUri || rule.Name is "EMAIL" or "TEL" or "LANG")) return false;
        parameters.Drop("value");
        if (rule.IsUri || rule.Name == "LANG") return type is "uri" or "language-tag";
        if (type is not ("text" or "uri")) return false;
        var isUri = type == "uri";
        // A number that looks like a URI is written as one.
        if (rule.Name == "TEL" ? isUri != UriText.Is(value) : isUri) parameters.Put("value", type);
        return true;
    }

    static void TakeLevel(PropertyRule rule, JsonObject entry, Parameters parameters)
    {
        var level = parameters.Peek("level")?.ToLowerInvariant();
        if (rule.Name == "EXPERTISE") level = level switch { "beginner" => "low", "average" => "medium", "expert" => "high", _ => null };
        if (level is "low" or "medium" or "high" && parameters.Take("level") is not null) entry["level"] = level;
    }

    static void TakeAuthor(JsonObject entry, Parameters parameters)
    {
        if (parameters.Take("author-name") is { } name) entry.Within("author")["name"] = name;
        if (parameters.Take("author") is { } uri) entry.Within("author")["uri"] = uri;
        if (parameters.Peek("created") is { } created && Moments.Read(created) is { } moment)
        {
            parameters.Drop("created");
            entry["created"] = moment;
        }
    }
}
