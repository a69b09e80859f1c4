using System.Text;
using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>
/// One vCard on its way to JSContact (RFC 9555 §2). Each property is turned into what stands for it, or kept in
/// <c>vCardProps</c>; nothing is left out. Alternatives in other languages and scripts come last, because they say how the
/// first differs.
/// </summary>
sealed class FromVCard
{
    readonly Card _card;
    readonly CardGroups _groups;
    readonly Entries _entries;
    readonly Alternatives _alternatives;
    readonly Keys _keys;
    readonly JsonObject _root = new() { ["@type"] = "Card", ["version"] = "1.0" };
    readonly List<JsonArray> _kept = [];
    readonly Dictionary<string, (string Path, JsonObject Entry)> _geographic = new(StringComparer.OrdinalIgnoreCase);
    readonly List<(CardProperty Title, JsonObject Entry)> _titles = [];
    readonly Dictionary<CardProperty, string> _organisations = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<CardProperty> _notConverted = new(ReferenceEqualityComparer.Instance);
    readonly bool _groupsPlaces;

    public FromVCard(Card card)
    {
        _card = card;
        _groups = new CardGroups(card);
        _entries = new Entries(_groups);
        _alternatives = new Alternatives(card);
        _keys = new Keys(card);
        _groupsPlaces = card.Properties.Any(property => property.Group is not null && (property.Is("ADR") || property.Is("GEO") || property.Is("TZ")));
    }

    public JsonObject Convert()
    {
        var patch = new JsonObject();
        if (_alternatives.Language is { Length: > 0 } language && _card.First("LANGUAGE") is null) _root["language"] = language;
        // Addresses before what is said of them, and kinds before members.
        foreach (var property in _card.Properties.OrderBy(property => property.Is("GEO") || property.Is("TZ") || property.Is("MEMBER") || property.Is("BIRTHPLACE") || property.Is("DEATHPLACE") ? 1 : 0))
        {
            if (_groups.LabelledBy(property) is not null) continue;
            if (property.Is("JSPROP") && property.First("JSPTR") is { Length: > 0 } pointer && IJson.TryRead(Encoding.UTF8.GetBytes(property.Text), out var value))
            {
                patch[pointer.TrimStart('/')] = value;
                continue;
            }

            if (_alternatives.IsAlternative(property)) continue;
            if (TryConvert(property)) continue;
            _notConverted.Add(property);
            _kept.Add(JCard.Write(property));
            _kept.AddRange(_alternatives.Of(property).Select(JCard.Write));
        }

        _kept.AddRange(_card.Properties.Where(property => _groups.LabelledBy(property) is { } labelled && _notConverted.Contains(labelled)).Select(JCard.Write));

        foreach (var (title, entry) in _titles)
            if (_groups.OrganisationOf(title) is { } organisation && _organisations.TryGetValue(organisation, out var key))
                entry["organizationId"] = key;
        if (_kept.Count > 0) _root["vCardProps"] = KeptProps.InOrder(_kept);
        if (patch.Count == 0) return _root;
        if (CardPatch.Apply(_root, patch) is { } patched) return patched;
        // Pointers that lead nowhere are kept as they are, for whoever knows more.
        _root["vCardProps"] = KeptProps.InOrder([.. _kept, .. _card.All("JSPROP").Select(JCard.Write)]);
        return _root;
    }

    bool TryConvert(CardProperty property)
    {
        var parameters = new Parameters(_alternatives.WithoutMark(property));
        if (PropertyRule.Of(property) is { } rule)
        {
            if (_entries.Make(rule, property, parameters) is not { } entry) return false;
            return Place(rule, property, entry);
        }

        switch (property.Name.ToUpperInvariant())
        {
            case "N":
                return TryName(property, parameters);
            case "FN":
                return TryFullName(property, parameters);
            case "ADR":
                AddAddress(property, parameters);
                return true;
            case "GEO" or "TZ":
                return TryPlace(property, parameters);
            case "ORG":
                AddOrganisation(property, parameters);
                return true;
            case "BDAY" or "DEATHDATE" or "ANNIVERSARY":
                return TryDay(property, parameters);
            case "BIRTHPLACE" or "DEATHPLACE":
                return TryPlaceOfDay(property, parameters);
            case "CATEGORIES":
                foreach (var keyword in CardText.List(property.Value).Where(keyword => keyword.Length > 0)) _root.Include("keywords", keyword);
                return KeepMore(property, parameters);
            case "MEMBER" when _root["kind"].Text() == "group":
                _root.Include("members", property.Value);
                return KeepMore(property, parameters);
            case "RELATED":
                return TryRelation(property, parameters);
            case "GRAMGENDER":
                return TryGender(property, parameters);
            case "KIND" when Words.Kinds.Contains(property.Text.ToLowerInvariant()):
                return TrySet("kind", property.Text.ToLowerInvariant(), property, parameters);
            case "UID":
                return TrySet("uid", property.Has("VALUE", "text") ? property.Text : property.Value, property, parameters);
            case "LANGUAGE":
                return TrySet("language", property.Value, property, parameters);
            case "PRODID":
                return TrySet("prodId", property.Text, property, parameters);
            case "REV":
                return TrySet("updated", Moments.Read(property.Value), property, parameters);
            case "CREATED":
                return TrySet("created", Moments.Read(property.Value), property, parameters);
            default:
                if (!property.Is("IMPP") && !property.Is("SOCIALPROFILE") && Services.Of(property.Name) is null) return false;
                if (_entries.MakeService(property, parameters) is not { } service) return false;
                Put(_root.Within("onlineServices"), "onlineServices", "OS", property, service);
                return true;
        }
    }

    /// <summary>What can be there once: the first of it counts, others and what parameters say more are kept.</summary>
    bool TrySet(string name, string? value, CardProperty property, Parameters parameters)
    {
        if (value is not { Length: > 0 } || _root.ContainsKey(name)) return false;
        _root[name] = value;
        return KeepMore(property, parameters);
    }

    /// <summary>Keeps a property beside the value it became when its parameters or its group say more.</summary>
    bool KeepMore(CardProperty property, Parameters parameters)
    {
        if (HasMore(property, parameters)) _kept.Add(JCard.Write(property));
        return true;
    }

    bool TryGender(CardProperty property, Parameters parameters)
    {
        var gender = property.Text.ToLowerInvariant();
        if (!Words.GrammaticalGenders.Contains(gender) || HasMore(property, parameters) || (_root["speakToAs"] as JsonObject)?.ContainsKey("grammaticalGender") == true) return false;
        _root.Within("speakToAs")["grammaticalGender"] = gender;
        return true;
    }

    /// <summary>Whether a property that is but a value has parameters or a group.</summary>
    bool HasMore(CardProperty property, Parameters parameters)
    {
        if (parameters.Peek("value")?.ToLowerInvariant() is "text" or "uri" or "timestamp" or "language-tag") parameters.Drop("value");
        parameters.Drop("prop-id");
        return parameters.Any || _groups.Kept(property) is not null;
    }

    bool Place(PropertyRule rule, CardProperty property, JsonObject entry)
    {
        if (rule.Name == "NICKNAME" && CardText.List(property.Value) is { Count: > 1 } names)
        {
            foreach (var name in names.Where(name => name.Length > 0))
            {
                var nickname = (JsonObject)entry.DeepClone();
                nickname["name"] = name;
                _root.Within("nicknames")[_keys.Next("nicknames", rule.Prefix)] = nickname;
            }

            return true;
        }

        var map = rule.Name == "PRONOUNS" ? _root.Within("speakToAs").Within("pronouns") : _root.Within(rule.Collection);
        Put(map, rule.Name == "PRONOUNS" ? "speakToAs/pronouns" : rule.Collection, rule.Prefix, property, entry);
        if (rule.Collection == "titles") _titles.Add((property, entry));
        return true;
    }

    /// <summary>Puts an entry under its key, and what its alternatives say differently among the localizations.</summary>
    string Put(JsonObject map, string path, string prefix, CardProperty property, JsonObject entry)
    {
        var key = _keys.Of(path, prefix, property);
        map[key] = entry;
        foreach (var (alternative, language) in _alternatives.InLanguages(property))
        {
            var parameters = new Parameters(_alternatives.WithoutMark(alternative));
            var localized = Alternative(alternative, parameters);
            if (localized is null || !Localize(language, $"{path}/{key}", entry, localized)) _kept.Add(JCard.Write(alternative));
        }

        return key;
    }

    JsonObject? Alternative(CardProperty property, Parameters parameters)
    {
        if (PropertyRule.Of(property) is { } rule) return _entries.Make(rule, property, parameters);
        if (property.Is("ORG")) return _entries.MakeOrganisation(property, parameters);
        if (property.Is("IMPP") || property.Is("SOCIALPROFILE")) return _entries.MakeService(property, parameters);
        var (address, _) = Places.Read(property, parameters);
        _entries.Finish(address, property, parameters, RuleTakes.Contexts | RuleTakes.Pref, "billing", "delivery");
        return address;
    }

    /// <summary>Says in a language what differs; false when something is said there already, or nothing differs.</summary>
    bool Localize(string language, string path, JsonObject main, JsonObject localized)
    {
        var patches = new JsonObject();
        foreach (var name in main.Select(p => p.Key).Union(localized.Select(p => p.Key)))
            if (!JsonNode.DeepEquals(main[name], localized[name]))
                patches[path + "/" + CardPatch.Escape(name)] = localized[name]?.DeepClone();
        return patches.Count > 0 && Localize(language, patches);
    }

    bool Localize(string language, JsonObject patches)
    {
        var known = _root["localizations"]?[language] as JsonObject;
        if (known is not null && patches.Any(patch => known.ContainsKey(patch.Key))) return false;
        var target = _root.Within("localizations").Within(language);
        foreach (var (path, value) in patches) target[path] = value?.DeepClone();
        return true;
    }

    bool TryName(CardProperty property, Parameters parameters)
    {
        if (_root["name"] is JsonObject { } known && known.ContainsKey("components")) return false;
        var name = _root["name"] as JsonObject ?? [];
        var values = ComponentLayout.Name.Values(property.Value);
        if (values.Count == 0) return !parameters.Any && property.Group is null;
        var places = ReadName(name, values, parameters);
        if (parameters.Rest(_groups.Kept(property)) is { } rest) name["vCardParams"] = rest;
        _root["name"] = name;
        foreach (var (alternative, language) in _alternatives.InLanguages(property))
        {
            var localized = new JsonObject();
            var left = new Parameters(_alternatives.WithoutMark(alternative));
            ReadName(localized, ComponentLayout.Name.Values(alternative.Value), left);
            if (left.Rest(_groups.Kept(alternative)) is { } more) localized["vCardParams"] = more;
            var main = (JsonObject)name.DeepClone();
            main.Remove("full");
            if (!Localize(language, "name", main, localized)) _kept.Add(JCard.Write(alternative));
        }

        PutPhonetics(property, ComponentLayout.Name, name, "name", places);
        return true;
    }

    static Dictionary<(int, int), int> ReadName(JsonObject name, List<ComponentValue> values, Parameters parameters)
    {
        var order = parameters.Peek("jscomps");
        if (order is not null && JsComps.IsValid(values, order)) parameters.Drop("jscomps");
        var places = JsComps.Read(name, values, order);
        var sorts = string.Join(',', parameters.PeekAll("sort-as")).Split(',');
        var kinds = ComponentLayout.Name.Kinds;
        var isSorted = parameters.Peek("sort-as") is not null && sorts[^1].Length > 0 && sorts.Length <= kinds.Length
            && Enumerable.Range(0, sorts.Length).All(i => sorts[i].Length == 0 || values.Exists(value => value.Kind == kinds[i]));
        parameters.Drop("prop-id");
        if (!isSorted) return places;
        parameters.Drop("sort-as");
        for (var i = 0; i < sorts.Length; i++)
            if (sorts[i].Length > 0)
                name.Within("sortAs")[kinds[i]] = sorts[i];
        return places;
    }

    /// <summary>How the parts of a name or an address are pronounced. RFC 9555 §2.3.15.</summary>
    void PutPhonetics(CardProperty main, ComponentLayout layout, JsonObject entry, string path, Dictionary<(int, int), int> places)
    {
        foreach (var phonetic in _alternatives.Phonetic(main))
        {
            var parameters = new Parameters(_alternatives.WithoutMark(phonetic));
            var system = parameters.Take("phonetic");
            var script = parameters.Take("script");
            var language = phonetic.First("LANGUAGE") is { } tag && tag != main.First("LANGUAGE") && tag != _root["language"].Text() ? tag : null;
            parameters.Drop("language");
            var values = layout.Values(phonetic.Value);
            if (parameters.Any || values.Count == 0 || !values.TrueForAll(value => places.ContainsKey((value.Position, value.Index))) || (language is null && entry.ContainsKey("phoneticSystem")) || (language is null && entry.ContainsKey("phoneticScript")))
            {
                _kept.Add(JCard.Write(phonetic));
                continue;
            }

            var patches = new JsonObject();
            if (system is not null && !system.Equals("script", StringComparison.OrdinalIgnoreCase)) patches["phoneticSystem"] = system.ToLowerInvariant();
            if (script is not null) patches["phoneticScript"] = script;
            foreach (var value in values) patches[$"components/{places[(value.Position, value.Index)]}/phonetic"] = value.Text;
            if (language is null) CardPatch.ApplyTo(entry, patches);
            else if (!Localize(language, new JsonObject(patches.Select(patch => KeyValuePair.Create(path + "/" + patch.Key, patch.Value?.DeepClone()))))) _kept.Add(JCard.Write(phonetic));
        }
    }

    bool TryFullName(CardProperty property, Parameters parameters)
    {
        if (_root["name"] is JsonObject { } known && known.ContainsKey("full")) return false;
        // What was derived from the parts is derived from them again.
        if (property.Has("DERIVED", "true") && _card.First("N") is { } parts && ComponentLayout.Name.Values(parts.Value).Count > 0) return true;
        parameters.Drop("derived");
        if (property.Text.Length > 0)
        {
            _root.Within("name")["full"] = property.Text;
            foreach (var (alternative, language) in _alternatives.InLanguages(property))
                if (new Parameters(_alternatives.WithoutMark(alternative)).Any || !Localize(language, new JsonObject { ["name/full"] = alternative.Text }))
                    _kept.Add(JCard.Write(alternative));
        }

        return KeepMore(property, parameters);
    }

    void AddAddress(CardProperty property, Parameters parameters)
    {
        var (entry, places) = Places.Read(property, parameters);
        _entries.Finish(entry, property, parameters, RuleTakes.Contexts | RuleTakes.Pref, "billing", "delivery");
        var key = Put(_root.Within("addresses"), "addresses", "ADDR", property, entry);
        PutPhonetics(property, ComponentLayout.Address, entry, "addresses/" + key, places);
        _geographic.TryAdd(property.Group ?? "", ("addresses/" + key, entry));
    }

    /// <summary>Where an address is and in which time zone, said apart from it. RFC 9555 §2.8.3.</summary>
    bool TryPlace(CardProperty property, Parameters parameters)
    {
        var type = parameters.Take("value")?.ToLowerInvariant();
        var (name, value) = property.Is("GEO")
            ? ("coordinates", type is null or "uri" && property.Value.StartsWith("geo:", StringComparison.OrdinalIgnoreCase) ? property.Value : null)
            : ("timeZone", Places.ReadZone(property.Text, type));
        if (value is null) return false;
        var belongs = (property.Group is not null || _groupsPlaces) && !parameters.Any && _geographic.TryGetValue(property.Group ?? "", out var address) && !address.Entry.ContainsKey(name) ? address.Entry : null;
        if (belongs is not null)
        {
            belongs[name] = value;
            return true;
        }

        var entry = new JsonObject { [name] = value, ["vCardName"] = property.Name.ToLowerInvariant() };
        _entries.Finish(entry, property, parameters, RuleTakes.Contexts | RuleTakes.Pref);
        Put(_root.Within("addresses"), "addresses", "ADDR", property, entry);
        return true;
    }

    void AddOrganisation(CardProperty property, Parameters parameters) =>
        _organisations[property] = Put(_root.Within("organizations"), "organizations", "ORG", property, _entries.MakeOrganisation(property, parameters));

    bool TryDay(CardProperty property, Parameters parameters)
    {
        var kind = property.Is("BDAY") ? "birth" : property.Is("DEATHDATE") ? "death" : "wedding";
        var anniversaries = _root["anniversaries"] as JsonObject;
        if (property.Has("VALUE", "text") || (kind != "wedding" && anniversaries?.Any(a => a.Value!["kind"].Text() == kind) == true) || Moments.ReadDay(property.Value) is not { } day) return false;
        parameters.Drop("value");
        var scale = parameters.Take("calscale")?.ToLowerInvariant();
        if (scale is not (null or "gregorian")) day["calendarScale"] = scale;
        var entry = new JsonObject { ["kind"] = kind, ["date"] = day };
        _entries.Finish(entry, property, parameters, RuleTakes.None);
        Put(_root.Within("anniversaries"), "anniversaries", "ANNIVERSARY", property, entry);
        return true;
    }

    bool TryPlaceOfDay(CardProperty property, Parameters parameters)
    {
        var kind = property.Is("BIRTHPLACE") ? "birth" : "death";
        var day = (_root["anniversaries"] as JsonObject)?.FirstOrDefault(a => a.Value!["kind"].Text() == kind).Value as JsonObject;
        var type = parameters.Take("value")?.ToLowerInvariant() ?? "text";
        if (day is null || day.ContainsKey("place") || property.Group is not null || parameters.Any) return false;
        if (type == "uri" && !property.Value.StartsWith("geo:", StringComparison.OrdinalIgnoreCase)) return false;
        if (type is not ("text" or "uri")) return false;
        day["place"] = type == "text" ? new JsonObject { ["full"] = property.Text } : new JsonObject { ["coordinates"] = property.Value };
        return true;
    }

    bool TryRelation(CardProperty property, Parameters parameters)
    {
        var type = parameters.Peek("value")?.ToLowerInvariant() ?? "uri";
        var value = type == "text" ? property.Text : property.Value;
        if (type is not ("text" or "uri") || value.Length == 0 || (_root["relatedTo"] as JsonObject)?.ContainsKey(value) == true) return false;
        parameters.Drop("value", "prop-id");
        if (type == "uri" != UriText.Is(value)) parameters.Put("value", type);
        var relation = new JsonObject();
        foreach (var kind in Words.Relations)
            if (parameters.TakeType(kind))
                relation.Include("relation", kind);
        if (parameters.Rest(_groups.Kept(property)) is { } rest) relation["vCardParams"] = rest;
        _root.Within("relatedTo")[value] = relation;
        return true;
    }
}
