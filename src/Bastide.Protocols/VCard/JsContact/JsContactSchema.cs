using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>What a Card and the objects in it must be like (RFC 9553), and the one form of what may be written in several.</summary>
public static class JsContactSchema
{
    const long Most = 9_007_199_254_740_991;

    static readonly Shape Line = new Shape.Text(isOneLine: true);
    static readonly Shape SomeLine = new Shape.Text(shortest: 1, isOneLine: true);
    static readonly Shape Free = new Shape.Text();
    static readonly Shape Pref = new Shape.Number(1, 100);
    static readonly Shape ListAs = new Shape.Number(1, Most);
    static readonly Shape Moment = new Shape.Moment();
    static readonly Shape Contexts = new Shape.Names(["private", "work"]);
    static readonly (string, Shape)[] Placed = [("contexts", Contexts), ("pref", Pref)];
    static readonly (string, Shape)[] Labelled = [.. Placed, ("label", Line)];
    static readonly (string, Shape)[] Resource = [.. Labelled, ("uri", SomeLine), ("mediaType", SomeLine)];

    static readonly ObjectShape Address = Ordered(
        "Address",
        ComponentLayout.Address,
        [
            "room", "apartment", "floor", "building", "number", "name", "block", "subdistrict", "district", "locality", "region", "postcode", "country", "direction", "landmark",
            "postOfficeBox", "separator",
        ],
        [("countryCode", SomeLine), ("coordinates", SomeLine), ("timeZone", SomeLine), ("contexts", new Shape.Names(["private", "work", "billing", "delivery"])), ("pref", Pref)],
        ["components", "coordinates", "countryCode", "full", "timeZone"]);

    static readonly string[] NameKinds = ["title", "given", "given2", "surname", "surname2", "credential", "generation", "separator"];
    static readonly ObjectShape Name = Ordered("Name", ComponentLayout.Name, NameKinds, [("sortAs", new Shape.Map(Line, isById: false))], ["components", "full"]);

    static readonly ObjectShape PartialDate = new(
        "PartialDate", ("year", new Shape.Number(0, 9999)), ("month", new Shape.Number(1, 12)), ("day", new Shape.Number(1, 31)), ("calendarScale", SomeLine))
    { Rule = CheckDay };

    static readonly ObjectShape Timestamp = new("Timestamp", ("utc", Moment)) { Mandatory = ["utc"], SaysType = true };

    static readonly ObjectShape Root = new(
        "Card",
        ("version", new Shape.Anything(node => node.Text() == "1.0" ? null : "it is 1.0.")),
        ("created", Moment),
        ("kind", new Shape.Word(Words.Kinds)),
        ("language", SomeLine),
        ("members", new Shape.Names()),
        ("prodId", SomeLine),
        ("relatedTo", new Shape.Map(new ObjectShape("Relation", ("relation", new Shape.Names(Words.Relations))), isById: false)),
        ("uid", SomeLine),
        ("updated", Moment),
        ("name", Name),
        ("nicknames", new Shape.Map(new ObjectShape("Nickname", [.. Placed, ("name", Free)]) { Mandatory = ["name"] })),
        ("organizations", new Shape.Map(Organization)),
        ("speakToAs", new ObjectShape(
            "SpeakToAs",
            ("grammaticalGender", new Shape.Word(Words.GrammaticalGenders)),
            ("pronouns", new Shape.Map(new ObjectShape("Pronouns", [.. Placed, ("pronouns", Free)]) { Mandatory = ["pronouns"] })))
        { OneOf = ["grammaticalGender", "pronouns"] }),
        ("titles", new Shape.Map(new ObjectShape("Title", ("name", Free), ("kind", new Shape.Word("title", "role")), ("organizationId", SomeLine)) { Mandatory = ["name"], Default = ("kind", "title") })),
        ("emails", new Shape.Map(new ObjectShape("EmailAddress", [.. Labelled, ("address", SomeLine)]) { Mandatory = ["address"] })),
        ("onlineServices", new Shape.Map(new ObjectShape("OnlineService", [.. Labelled, ("service", Line), ("uri", SomeLine), ("user", Line)]) { OneOf = ["uri", "user"] })),
        ("phones", new Shape.Map(new ObjectShape("Phone", [.. Labelled, ("number", SomeLine), ("features", new Shape.Names(Features))]) { Mandatory = ["number"] })),
        ("preferredLanguages", new Shape.Map(new ObjectShape("LanguagePref", [.. Placed, ("language", SomeLine)]) { Mandatory = ["language"] })),
        ("calendars", ResourceMap("Calendar", isKindMandatory: true, [], "calendar", "freeBusy")),
        ("schedulingAddresses", new Shape.Map(new ObjectShape("SchedulingAddress", [.. Labelled, ("uri", SomeLine)]) { Mandatory = ["uri"] })),
        ("addresses", new Shape.Map(Address)),
        ("cryptoKeys", new Shape.Map(new ObjectShape("CryptoKey", [.. Resource, ("kind", SomeLine)]) { Mandatory = ["uri"] })),
        ("directories", ResourceMap("Directory", isKindMandatory: true, [("listAs", ListAs)], "directory", "entry")),
        ("links", ResourceMap("Link", isKindMandatory: false, [], "contact")),
        ("media", ResourceMap("Media", isKindMandatory: true, [], "photo", "sound", "logo")),
        ("localizations", new Shape.Map(new Shape.Anything(node => node is JsonObject ? null : "it is a patch object."), isById: false)),
        ("anniversaries", new Shape.Map(new ObjectShape("Anniversary", ("kind", new Shape.Word("birth", "death", "wedding")), ("date", new DateShape()), ("place", Address)) { Mandatory = ["kind", "date"] })),
        ("keywords", new Shape.Names()),
        ("notes", new Shape.Map(new ObjectShape("Note", ("note", Free), ("created", Moment), ("author", new ObjectShape("Author", ("name", Line), ("uri", SomeLine)) { OneOf = ["name", "uri"] })) { Mandatory = ["note"] })),
        ("personalInfo", new Shape.Map(new ObjectShape(
            "PersonalInfo", ("kind", new Shape.Word("expertise", "hobby", "interest")), ("value", Free), ("level", new Shape.Word("high", "medium", "low")), ("listAs", ListAs), ("label", Line))
        { Mandatory = ["kind", "value"] })),
        ("vCardProps", new Shape.List(new Shape.Anything(node => JCard.Read(node) is null ? "it is a vCard property in the JSON of jCard: name, parameters, type and value." : null))))
    { Mandatory = ["version", "uid"], SaysType = true, Rule = CheckCard };

    static string[] Features => ["mobile", "voice", "text", "video", "main-number", "textphone", "fax", "pager"];

    static ObjectShape Organization => new(
        "Organization",
        ("name", Free), ("units", new Shape.List(new ObjectShape("OrgUnit", ("name", Free), ("sortAs", Line)) { Mandatory = ["name"] })), ("sortAs", Line), ("contexts", Contexts))
    { OneOf = ["name", "units"] };

    /// <summary>What is wrong with a card; nothing where it is valid.</summary>
    public static IReadOnlyList<JsContactFault> Check(JsonObject card)
    {
        var faults = new List<JsContactFault>();
        Root.Check(card, "", faults);
        if (faults.Count > 0) return faults;
        foreach (var (language, patch) in card["localizations"] as JsonObject ?? []) CheckLocalization(card, language, (JsonObject)patch!, faults);
        return faults;
    }

    /// <summary>A copy of a valid card in its one form: without what is said by default or says nothing.</summary>
    public static JsonObject Canonical(JsonObject card)
    {
        var clean = (JsonObject)Root.Clean(card.DeepClone())!;
        if (clean["vCardProps"] is JsonArray kept) clean["vCardProps"] = KeptProps.InOrder(kept);
        return clean;
    }

    static void CheckLocalization(JsonObject card, string language, JsonObject patch, List<JsContactFault> faults)
    {
        var path = $"localizations/{CardPatch.Escape(language)}";
        if (patch.Any(p => p.Key == "localizations" || p.Key.StartsWith("localizations/", StringComparison.Ordinal)))
        {
            faults.Add(new JsContactFault(path, "localizations are not localized."));
            return;
        }

        var copy = (JsonObject)card.DeepClone();
        copy.Remove("localizations");
        var localized = CardPatch.Apply(copy, patch);
        var found = new List<JsContactFault>();
        if (localized is not null) Root.Check(localized, "", found);
        if (localized is null) faults.Add(new JsContactFault(path, "a path of it leads nowhere."));
        else if (found.Count > 0) faults.Add(new JsContactFault($"{path}/{CardPatch.Escape(found[0].Path)}", found[0].Why));
    }

    static Shape.Map ResourceMap(string type, bool isKindMandatory, (string, Shape)[] more, params string[] kinds) =>
        new(new ObjectShape(type, [.. Resource, .. more, ("kind", new Shape.Word(kinds))]) { Mandatory = isKindMandatory ? ["uri", "kind"] : ["uri"] });

    /// <summary>A name or an address: components that may be in order.</summary>
    static ObjectShape Ordered(string type, ComponentLayout layout, string[] kinds, (string, Shape)[] more, string[] oneOf) => new(
        type,
        [
            ("components", new Shape.List(new ObjectShape(type + "Component", ("value", Free), ("kind", new Shape.Word(kinds)), ("phonetic", Line)) { Mandatory = ["value", "kind"] })),
            ("isOrdered", new Shape.Flag()),
            ("defaultSeparator", Free),
            ("full", Free),
            ("phoneticScript", SomeLine),
            ("phoneticSystem", new Shape.Word("ipa", "jyut", "piny")),
            .. more,
        ])
    { OneOf = oneOf, Rule = CheckOrder, Tidy = o => InOrder(o, layout) };

    /// <summary>Components that follow no order stand as vCard has them, and those that say nothing are left out (RFC 9555 §2.5.5).</summary>
    static void InOrder(JsonObject o, ComponentLayout layout)
    {
        if (o["isOrdered"].IsTrue() || o["components"] is not JsonArray list) return;
        var components = list.OfType<JsonObject>().Where(component => component["value"].Text() is not "").ToList();
        var places = layout.Place(components.ConvertAll(component => (component["kind"].Text() ?? "", component["value"].Text() ?? "")), " ").Places;
        var ordered = components.Zip(places).OrderBy(pair => pair.Second?.Position ?? int.MaxValue).Select(pair => pair.First.DeepClone()).ToArray();
        if (ordered.Length > 0) o["components"] = new JsonArray(ordered);
    }

    static void CheckOrder(JsonObject o, string path, List<JsContactFault> faults)
    {
        var components = (o["components"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var kinds = components.ConvertAll(component => component["kind"].Text());
        if (!o["isOrdered"].IsTrue() && (o.ContainsKey("defaultSeparator") || kinds.Contains("separator")))
            faults.Add(new JsContactFault($"{path}/isOrdered", "only what is ordered has separators."));
        if (kinds.Count > 0 && kinds.TrueForAll(kind => kind == "separator")) faults.Add(new JsContactFault($"{path}/components", "there is more to it than separators."));
        if (kinds.Zip(kinds.Skip(1)).Any(pair => pair is ("separator", "separator"))) faults.Add(new JsContactFault($"{path}/components", "two separators in a row are one."));
        if (components.Exists(component => component.ContainsKey("phonetic")) && !o.ContainsKey("phoneticScript") && !o.ContainsKey("phoneticSystem"))
            faults.Add(new JsContactFault($"{path}/phoneticSystem", "it says how the phonetic values are written."));
        foreach (var (kind, _) in o["sortAs"] as JsonObject ?? [])
            if (!kinds.Contains(kind))
                faults.Add(new JsContactFault($"{path}/sortAs/{CardPatch.Escape(kind)}", "the name has no component of this kind."));
    }

    static void CheckDay(JsonObject date, string path, List<JsContactFault> faults)
    {
        var (year, month, day) = (date["year"].Whole(), date["month"].Whole(), date["day"].Whole());
        var isWhole = (year, month, day) is (not null, null, null) or (not null, not null, null) or (null, not null, not null) or (not null, not null, not null);
        if (!isWhole) faults.Add(new JsContactFault(path, "it is a date, a year, a month of a year, or a day of a month."));
        else if (day is { } d && month is >= 1 and <= 12 && d > DateTime.DaysInMonth(year is > 0 and <= 9999 ? (int)year : 2000, (int)month)) faults.Add(new JsContactFault($"{path}/day", "the month has no such day."));
    }

    static void CheckCard(JsonObject card, string path, List<JsContactFault> faults)
    {
        if (card["members"] is JsonObject { Count: > 0 } && card["kind"].Text() != "group") faults.Add(new JsContactFault("members", "only a group has members."));
    }

    /// <summary>A PartialDate, or a Timestamp that says it is one.</summary>
    sealed class DateShape : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults) => Of(node).Check(node, path, faults);

        public override JsonNode? Clean(JsonNode node) => Of(node).Clean(node);

        static ObjectShape Of(JsonNode? node) => (node as JsonObject)?["@type"].Text() == "Timestamp" ? Timestamp : PartialDate;
    }
}
