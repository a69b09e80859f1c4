using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>
/// One JSContact card on its way to vCard 4.0 (RFC 9555 §3). When all that vCard has words for is written, the vCard is read
/// again: what does not come back as it was is said with JSPROP, so that nothing is lost whatever a client has put in.
/// </summary>
sealed class ToVCard(JsonObject card)
{
    static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly List<CardProperty> _properties = [];
    readonly Dictionary<string, int> _places = [];
    readonly GroupNames _groups = new(card);

    public Card Convert()
    {
        Add("PRODID", card["prodId"].Text() is { } product ? CardText.Escape(product) : null);
        Add("UID", card["uid"].Text());
        Add("KIND", card["kind"].Text());
        Add("LANGUAGE", card["language"].Text());
        Add("CREATED", Moments.Write(card["created"]));
        AddName();
        AddOrganisations();
        foreach (var (path, map) in Maps())
            foreach (var (key, node) in map)
                if (node is JsonObject entry && Entry(path, key, entry) is { } property)
                    Put(path + "/" + key, property, entry);
        AddAnniversaries();
        foreach (var relation in card["relatedTo"] as JsonObject ?? []) Add(Relation(relation.Key, relation.Value as JsonObject ?? []));
        foreach (var member in card["members"].Set()) Add("MEMBER", member);
        var keywords = card["keywords"].Set().ToList();
        if (keywords.Count > 0) Add("CATEGORIES", string.Join(',', keywords.Select(CardText.Escape)));
        Add("GRAMGENDER", card["speakToAs"]?["grammaticalGender"].Text()?.ToUpperInvariant());
        Add("REV", Moments.Write(card["updated"]));
        AddLocalizations();
        AddKept();
        AddDifference();
        return new Card(CardVersion.V40, _properties);
    }

    void Add(string name, string? value)
    {
        if (value is not null) _properties.Add(new CardProperty(name, value));
    }

    void Add(CardProperty property) => _properties.Add(property);

    /// <summary>Adds the property of an entry, with its label in a group of their own.</summary>
    void Put(string path, CardProperty property, JsonObject entry)
    {
        var label = entry["label"].Text();
        if (label is not null) property = property with { Group = property.Group ?? _groups.Next() };
        _places[path] = _properties.Count;
        Add(property);
        if (label is not null) Add(new CardProperty("X-ABLabel", CardText.Escape(label)) { Group = property.Group });
        if (property.Is("ADR") && EntryWriter.Phonetic(ComponentLayout.Address, "ADR", entry) is { } phonetic) AddAlternative(path, phonetic with { Group = property.Group });
    }

    IEnumerable<(string Path, JsonObject Map)> Maps()
    {
        foreach (var name in PropertyRule.All.Select(rule => rule.Collection).Where(name => name != "pronouns").Distinct().Append("onlineServices").Append("addresses"))
            if (card[name] is JsonObject map)
                yield return (name, map);
        if (card["speakToAs"]?["pronouns"] is JsonObject pronouns) yield return ("speakToAs/pronouns", pronouns);
    }

    /// <summary>The property of an entry of a map; null where vCard has none for it.</summary>
    CardProperty? Entry(string path, string key, JsonObject entry)
    {
        var property = path switch
        {
            "addresses" => EntryWriter.Address(entry),
            "onlineServices" => EntryWriter.Service(entry),
            "organizations" => EntryWriter.Organisation(entry),
            _ => PropertyRule.Of(path == "speakToAs/pronouns" ? "pronouns" : path, entry["kind"].Text()) is { } rule ? EntryWriter.Write(rule, entry) : null,
        };
        if (property is null) return null;
        if (path == "titles" && property.Group is null && entry["organizationId"].Text() is { } organisation) property = property with { Group = GroupOf(organisation) };
        return Keys.IsKey(key) ? property.With("PROP-ID", key) : property;
    }

    /// <summary>The group of an organisation, which then has one.</summary>
    string? GroupOf(string organisation)
    {
        if (!_places.TryGetValue("organizations/" + organisation, out var at)) return null;
        if (_properties[at].Group is null) _properties[at] = _properties[at] with { Group = _groups.Next() };
        return _properties[at].Group;
    }

    void AddName()
    {
        var name = card["name"] as JsonObject;
        if (name?["full"].Text() is { } full) Add("FN", CardText.Escape(full));
        else if (name?["components"] is JsonArray) Add(new CardProperty("FN", CardText.Escape(JsContactName.Full(name))).With("DERIVED", "true"));
        else Add("FN", "");
        _places["name/full"] = _properties.Count - 1;
        if (name?["components"] is not JsonArray) return;
        _places["name"] = _properties.Count;
        Add(EntryWriter.Name(name));
        if (EntryWriter.Phonetic(ComponentLayout.Name, "N", name) is { } phonetic) AddAlternative("name", phonetic);
    }

    void AddOrganisations()
    {
        foreach (var (key, node) in card["organizations"] as JsonObject ?? [])
            if (node is JsonObject entry && Entry("organizations", key, entry) is { } property)
                Put("organizations/" + key, property, entry);
    }

    void AddAnniversaries()
    {
        foreach (var (key, node) in card["anniversaries"] as JsonObject ?? [])
        {
            if (node is not JsonObject entry) continue;
            var name = entry["kind"].Text() switch { "birth" => "BDAY", "death" => "DEATHDATE", "wedding" => "ANNIVERSARY", _ => null };
            if (name is null || Moments.WriteDay(entry["date"]) is not { } value || (name != "ANNIVERSARY" && _properties.Exists(property => property.Is(name)))) continue;
            var property = Parameters.Add(new CardProperty(name, value), entry["vCardParams"]);
            if (entry["date"]!["calendarScale"].Text() is { } scale) property = property.With("CALSCALE", scale);
            Add(Keys.IsKey(key) ? property.With("PROP-ID", key) : property);
            if (name == "ANNIVERSARY" || entry["place"] is not JsonObject place) continue;
            var placeName = name == "BDAY" ? "BIRTHPLACE" : "DEATHPLACE";
            if (place["full"].Text() is { } full) Add(placeName, CardText.Escape(full));
            else if (place["coordinates"].Text() is { } coordinates) Add(new CardProperty(placeName, coordinates).With("VALUE", "uri"));
        }
    }

    static CardProperty Relation(string value, JsonObject relation)
    {
        var type = relation["vCardParams"]?["value"].Text() ?? (UriText.Is(value) ? "uri" : "text");
        var property = new CardProperty("RELATED", type == "text" ? CardText.Escape(value) : value);
        if (type != "uri") property = property.With("VALUE", type);
        return Parameters.Add(property.With("TYPE", [.. relation["relation"].Set()]), EntryWriter.WithoutValue(relation["vCardParams"]));
    }

    /// <summary>What is said in other languages of what is there, where it is a value of its own. RFC 9555 §2.3.11.</summary>
    void AddLocalizations()
    {
        foreach (var (language, node) in card["localizations"] as JsonObject ?? [])
        {
            if (node is not JsonObject patch || patch.Any(p => p.Key.StartsWith("localizations", StringComparison.Ordinal))) continue;
            if (CardPatch.Apply(card, patch) is not { } localized) continue;
            AddLocalizedName(language, card["name"] as JsonObject ?? [], localized["name"] as JsonObject ?? []);
            foreach (var (path, map) in Maps().Append(("organizations", card["organizations"] as JsonObject ?? [])))
            {
                foreach (var (key, main) in map)
                {
                    var at = path == "speakToAs/pronouns" ? localized["speakToAs"]?["pronouns"]?[key] : localized[path]?[key];
                    if (at is not JsonObject entry || main is not JsonObject || JsonNode.DeepEquals(main, entry) || !_places.ContainsKey(path + "/" + key)) continue;
                    var phonetic = path == "addresses" ? OnlyPhonetic(ComponentLayout.Address, "ADR", (JsonObject)main, entry) : null;
                    if ((phonetic ?? Entry(path, "", entry)) is { } property && property.Group == _properties[_places[path + "/" + key]].Group)
                        AddAlternative(path + "/" + key, property.With("LANGUAGE", language));
                }
            }
        }
    }

    void AddLocalizedName(string language, JsonObject main, JsonObject localized)
    {
        if (localized["full"].Text() is { } full && full != main["full"].Text()) Add(new CardProperty("FN", CardText.Escape(full)).With("LANGUAGE", language));
        if (!_places.ContainsKey("name") || localized["components"] is not JsonArray) return;
        var (before, after) = ((JsonObject)main.DeepClone(), (JsonObject)localized.DeepClone());
        before.Remove("full");
        after.Remove("full");
        if (JsonNode.DeepEquals(before, after)) return;
        AddAlternative("name", (OnlyPhonetic(ComponentLayout.Name, "N", before, after) ?? EntryWriter.Name(after)).With("LANGUAGE", language));
    }

    /// <summary>How something is pronounced, when that is all that differs.</summary>
    static CardProperty? OnlyPhonetic(ComponentLayout layout, string name, JsonObject main, JsonObject localized)
    {
        var (before, after) = (EntryWriter.WithoutPhonetic(main), EntryWriter.WithoutPhonetic(localized));
        return JsonNode.DeepEquals(before, after) ? EntryWriter.Phonetic(layout, name, localized) : null;
    }

    void AddAlternative(string path, CardProperty alternative)
    {
        var at = _places[path];
        var id = _properties[at].First("ALTID") ?? _groups.NextAlternative();
        _properties[at] = _properties[at].With("ALTID", id);
        Add(alternative.Without("PROP-ID").With("ALTID", id));
    }

    /// <summary>What an earlier vCard had and JSContact has no word for; it stands in for what says no more than it does.</summary>
    void AddKept()
    {
        var written = _properties.Count;
        foreach (var node in card["vCardProps"] as JsonArray ?? [])
        {
            if (JCard.Read(node) is not { } kept || kept.Is("BEGIN") || kept.Is("END") || kept.Is("VERSION")) continue;
            var same = KeptProps.StandIn.Any(kept.Is) ? _properties.FindIndex(0, written, property => property.Is(kept.Name) && property.Value == kept.Value) : -1;
            if (same >= 0) _properties[same] = kept;
            else Add(kept);
            if (same < 0 && kept.Is("CATEGORIES") && _properties.FindIndex(0, written, property => property.Is("CATEGORIES")) is var at and >= 0)
                _properties[at] = _properties[at] with { Value = string.Join(',', CardText.List(_properties[at].Value).Except(CardText.List(kept.Value)).Select(CardText.Escape)) };
        }

        _properties.RemoveAll(property => property.Is("CATEGORIES") && property.Value.Length == 0);
    }

    void AddDifference()
    {
        var read = new FromVCard(new Card(CardVersion.V40, _properties)).Convert();
        foreach (var (path, value) in CardPatch.Difference(read, card))
            Add(new CardProperty("JSPROP", CardText.Escape(value?.ToJsonString(Compact) ?? "null")).With("JSPTR", path));
    }

    /// <summary>Names of groups and alternatives that nothing in the card has.</summary>
    sealed class GroupNames(JsonObject card)
    {
        readonly string _all = card.ToJsonString(Compact);
        int _last;
        int _lastAlternative;

        public string Next()
        {
            while (true)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"item{++_last}");
                if (!_all.Contains($"\"{name}\"", StringComparison.OrdinalIgnoreCase)) return name;
            }
        }

        public string NextAlternative()
        {
            while (true)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{++_lastAlternative}");
                if (!_all.Contains($"\"{name}\"", StringComparison.Ordinal)) return name;
            }
        }
    }
}
