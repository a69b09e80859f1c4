using System.Text.Json.Nodes;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>Valid JSContact cards of all kinds of content; unless they are plain, some of it known to nobody, or to JSContact alone.</summary>
sealed class RandomJsContact(int seed, bool isPlain = false)
{
    static readonly string[] Texts = ["a", "Zoë", "x, y; z", "two\nlines", "^n \"q\"", " spaced ", "汉字😀", "back\\slash", "tel:+1", "Jr.", ""];
    static readonly string[] Uris = ["tel:+1;ext=2", "https://example.com/a,b;c?d=%20", "mailto:a@b.example", "urn:uuid:1", "data:image/png;base64,iVBORw0KGgo="];
    static readonly string[] NameKinds = ["title", "given", "given2", "surname", "surname2", "credential", "generation"];
    static readonly string[] AddressKinds =
    [
        "room", "apartment", "floor", "building", "number", "name", "block", "subdistrict", "district", "locality", "region", "postcode", "country", "direction", "landmark", "postOfficeBox",
    ];

    readonly Random _random = new(seed);
    int _texts;

    public JsonObject Card()
    {
        var card = new JsonObject { ["@type"] = "Card", ["version"] = "1.0", ["uid"] = "urn:uuid:" + _random.Next(), ["kind"] = Pick("individual", "group", "org", "example.com:robot") };
        Sometimes(card, "created", () => Moment());
        Sometimes(card, "updated", () => Moment());
        Sometimes(card, "language", () => Pick("en", "fr-FR"));
        Sometimes(card, "prodId", () => "Product, Inc.");
        Sometimes(card, "name", Name);
        Sometimes(card, "nicknames", () => Map(() => With(new JsonObject { ["name"] = Text() }, Contexts, Pref)));
        Sometimes(card, "organizations", () => Map(Organization));
        Sometimes(card, "titles", () => Map(() => With(new JsonObject { ["name"] = Text(), ["kind"] = Pick("title", "role", "example.com:x") }, o => Sometimes(o, "organizationId", () => Pick("k0", "k1", "none")))));
        Sometimes(card, "emails", () => Map(() => With(new JsonObject { ["address"] = Pick("a@b.example", "c,d@e.example") }, Contexts, Pref, Label)));
        Sometimes(card, "phones", () => Map(() => With(new JsonObject { ["number"] = OneLine() }, Contexts, Pref, Label, o => Sometimes(o, "features", () => Set("mobile", "voice", "fax", "example.com:x")))));
        Sometimes(card, "onlineServices", () => Map(Service));
        Sometimes(card, "preferredLanguages", () => Map(() => With(new JsonObject { ["language"] = Pick("en", "de-AT") }, Contexts, Pref)));
        Sometimes(card, "calendars", () => Map(() => Resource("calendar", "freeBusy")));
        Sometimes(card, "schedulingAddresses", () => Map(() => With(new JsonObject { ["uri"] = Uri() }, Contexts, Pref, Label)));
        Sometimes(card, "addresses", () => Map(Address));
        Sometimes(card, "cryptoKeys", () => Map(() => Resource()));
        Sometimes(card, "directories", () => Map(() => With(Resource("directory", "entry"), o => Sometimes(o, "listAs", () => _random.Next(1, 9)))));
        Sometimes(card, "links", () => Map(() => Resource("contact", null, "example.com:x")));
        Sometimes(card, "media", () => Map(() => Resource("photo", "logo", "sound")));
        Sometimes(card, "anniversaries", () => Map(Anniversary));
        Sometimes(card, "keywords", () => Set("a", "b, c", "d;e"));
        Sometimes(card, "notes", () => Map(Note));
        Sometimes(card, "personalInfo", () => Map(() => With(new JsonObject { ["kind"] = Pick("hobby", "interest", "expertise"), ["value"] = Text() }, Label, o => Sometimes(o, "level", () => Pick("low", "medium", "high")), o => Sometimes(o, "listAs", () => 3))));
        Sometimes(card, "relatedTo", () => new JsonObject { ["urn:uuid:2"] = new JsonObject { ["relation"] = Set("friend", "spouse") }, ["my friend, Bob"] = new JsonObject() });
        Sometimes(card, "speakToAs", () => With(new JsonObject { ["grammaticalGender"] = Pick("neuter", "feminine") }, o => Sometimes(o, "pronouns", () => Map(() => With(new JsonObject { ["pronouns"] = Text() }, Contexts, Pref)))));
        if (card["kind"]!.GetValue<string>() == "group") Sometimes(card, "members", () => Set("urn:uuid:3", "b, c"));
        if (isPlain) return card;
        Sometimes(card, "example.com:thing", () => new JsonObject { ["deep"] = new JsonArray(1, "x", null, new JsonObject { ["y"] = true }) });
        Sometimes(card, "futureProperty", () => new JsonArray("a"));
        Sometimes(card, "vCardProps", () => new JsonArray(new JsonArray("x-foo", new JsonObject { ["x-bar"] = "Hello, \"you\"", ["group"] = "item1" }, "unknown", "World!;,\\n"), new JsonArray("gender", new JsonObject(), "text", new JsonArray("O", "it's; complicated"))));
        if (_random.Next(3) == 0) Localize(card);
        return card;
    }

    void Localize(JsonObject card)
    {
        var patch = new JsonObject();
        if (card["titles"]?["k0"] is not null) patch["titles/k0/name"] = "Patron";
        if (card["name"]?["full"] is not null) patch["name/full"] = "孫";
        if (card["name"]?["components"] is JsonArray && _random.Next(2) == 0) patch["name/components"] = new JsonArray(new JsonObject { ["kind"] = "surname", ["value"] = "孫" });
        if (card["organizations"]?["k0"] is not null) patch["organizations/k0"] = new JsonObject { ["name"] = "Société" };
        if (card["notes"]?["k1"] is not null) patch["notes/k1/note"] = "remarque\nlongue";
        if (card["keywords"] is not null && _random.Next(2) == 0) patch["keywords"] = new JsonObject { ["mot"] = true };
        if (card["emails"]?["k0"] is not null && _random.Next(4) == 0) patch["emails/k0/label"] = null;
        if (patch.Count > 0 && card["name"]?["sortAs"] is null && card["name"]?["phoneticSystem"] is null) card["localizations"] = new JsonObject { [Pick("fr", "zh-Hant")] = patch };
    }

    JsonObject Name()
    {
        var name = Ordered(NameKinds);
        if (name["components"] is not JsonArray || _random.Next(3) == 0) name["full"] = Text() + "x";
        if (name["components"] is JsonArray components && _random.Next(4) == 0)
            name["sortAs"] = new JsonObject { [components.First(c => c!["kind"]!.GetValue<string>() != "separator")!["kind"]!.GetValue<string>()] = isPlain ? "sort" : Pick("sort", "a,b") };
        return name;
    }

    JsonObject Address()
    {
        var address = With(Ordered(AddressKinds), o => Sometimes(o, "contexts", () => Set("work", "private", "billing", "delivery")), Pref);
        Sometimes(address, "countryCode", () => "FR");
        Sometimes(address, "coordinates", () => "geo:1.5,-2");
        Sometimes(address, "timeZone", () => Pick("Europe/Paris", "Etc/GMT+5", "Etc/UTC"));
        if (address.Count == 0 || address["components"] is null) address["full"] = "1 rue X\n44000, Nantes";
        return address;
    }

    JsonObject Ordered(string[] kinds)
    {
        var o = new JsonObject();
        if (_random.Next(5) == 0) return o;
        var isOrdered = _random.Next(2) == 0;
        var components = new JsonArray();
        foreach (var _ in Enumerable.Range(0, _random.Next(1, 5)))
        {
            if (isOrdered && components.Count > 0 && components[^1]!["kind"]!.GetValue<string>() != "separator" && _random.Next(4) == 0) components.Add(new JsonObject { ["kind"] = "separator", ["value"] = Pick(", ", "-", ";", "") });
            components.Add(new JsonObject { ["kind"] = Pick(kinds), ["value"] = Text() });
        }

        o["components"] = components;
        if (isOrdered)
        {
            o["isOrdered"] = true;
            Sometimes(o, "defaultSeparator", () => Pick(" ", ", ", ""));
        }

        if (_random.Next(5) == 0)
        {
            o["phoneticSystem"] = "ipa";
            Sometimes(o, "phoneticScript", () => "Latn");
            foreach (var component in components.Where(c => c!["kind"]!.GetValue<string>() != "separator" && (isPlain || _random.Next(3) > 0))) component!["phonetic"] = isPlain ? $"/{++_texts}/" : Pick("/a/", "b,c");
        }

        return o;
    }

    JsonObject Organization()
    {
        var o = new JsonObject();
        Sometimes(o, "name", Text);
        if (o.Count == 0 || _random.Next(2) == 0) o["units"] = new JsonArray(new JsonObject { ["name"] = Text() }, new JsonObject { ["name"] = "Marketing", ["sortAs"] = "M" });
        Sometimes(o, "sortAs", () => "sort");
        return With(o, Contexts);
    }

    JsonObject Service()
    {
        var o = new JsonObject();
        Sometimes(o, "service", () => Pick("Mastodon", "AIM", "x, y"));
        Sometimes(o, "uri", Uri);
        if (o["uri"] is null || _random.Next(2) == 0) o["user"] = Pick("@alice", "b, c");
        Sometimes(o, "vCardName", () => isPlain ? "impp" : Pick("impp", "x-aim", "socialprofile"));
        return With(o, Contexts, Pref, Label);
    }

    JsonObject Anniversary()
    {
        JsonObject[] dates =
        [
            new JsonObject { ["year"] = 1996, ["month"] = 2, ["day"] = 29 }, new JsonObject { ["month"] = 2, ["day"] = 3 }, new JsonObject { ["year"] = 1985 }, new JsonObject { ["year"] = 1985, ["month"] = 4 },
            new JsonObject { ["@type"] = "Timestamp", ["utc"] = "1953-10-15T23:10:00Z" }, new JsonObject { ["year"] = 2001, ["calendarScale"] = "hebrew" },
        ];
        return With(new JsonObject { ["kind"] = Pick("birth", "death", "wedding", "example.com:x"), ["date"] = dates[_random.Next(dates.Length)] }, o => Sometimes(o, "place", Address));
    }

    JsonObject Note() => With(
        new JsonObject { ["note"] = Text() },
        o => Sometimes(o, "created", Moment),
        o => Sometimes(o, "author", () => new JsonObject { ["name"] = "John, \"J\"", ["uri"] = "mailto:j@example.com" }));

    JsonObject Resource(params string?[] kinds)
    {
        var o = new JsonObject { ["uri"] = Uri() };
        if (isPlain) kinds = [.. kinds.Where(kind => kind != "example.com:x")];
        if (kinds.Length > 0 && kinds[_random.Next(kinds.Length)] is { } kind) o["kind"] = kind;
        Sometimes(o, "mediaType", () => "text/calendar");
        return With(o, Contexts, Pref, Label);
    }

    JsonObject Map(Func<JsonObject> entry) => new(Enumerable.Range(0, _random.Next(1, 4)).Select(i => KeyValuePair.Create("k" + i, (JsonNode?)entry())));

    JsonObject Set(params string[] names)
    {
        if (isPlain) names = [.. names.Where(name => !name.StartsWith("example.com:", StringComparison.Ordinal))];
        var set = new JsonObject(names.Where(_ => _random.Next(2) == 0).Select(name => KeyValuePair.Create(name, (JsonNode?)true)));
        return set.Count > 0 ? set : new JsonObject { [names[0]] = true };
    }

    JsonObject With(JsonObject o, params Action<JsonObject>[] more)
    {
        foreach (var add in more) add(o);
        if (isPlain) return o;
        Sometimes(o, "vCardParams", () => new JsonObject { ["x-p"] = "v, w", ["type"] = new JsonArray("x-one", "two") }, oneIn: 8);
        Sometimes(o, "example.com:foo/bar", () => new JsonObject { ["a"] = 1 }, oneIn: 8);
        return o;
    }

    void Contexts(JsonObject o) => Sometimes(o, "contexts", () => Set("work", "private", "example.com:club"));

    void Pref(JsonObject o) => Sometimes(o, "pref", () => _random.Next(1, 101));

    void Label(JsonObject o) => Sometimes(o, "label", () => Pick("", "my label", "a, b; c"));

    void Sometimes(JsonObject o, string name, Func<JsonNode> value, int oneIn = 2)
    {
        if (_random.Next(oneIn) == 0) o[name] = value();
    }

    JsonNode Moment() => Pick("2021-10-31T22:27:10Z", "1999-01-02T03:04:05.25Z");

    JsonNode Uri() => Uris[_random.Next(Uris.Length)];

    // A plain text is there once: what stands in two components of a name counts once in vCard.
    JsonNode Text() => isPlain ? $"{Texts[_random.Next(Texts.Length - 1)].Trim()} {++_texts}" : Texts[_random.Next(Texts.Length)];

    JsonNode OneLine() => Pick([.. Texts.Where(text => text.Length > 0 && !text.Contains('\n', StringComparison.Ordinal))]);

    string Pick(params string[] values)
    {
        if (isPlain) values = [.. values.Where(value => !value.StartsWith("example.com:", StringComparison.Ordinal))];
        return values[_random.Next(values.Length)];
    }
}
