using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Protocols.Tests.JSCalendar;

/// <summary>Events of every kind, the same for the same seed.</summary>
static class RandomEvents
{
    static readonly string[] Words = ["a", "Réunion", "x, y; z", "line\nbreak", "back\\slash", "\"quoted\"", "😀", "^caret", "  spaced ", "1"];
    static readonly string[] Zones = ["Europe/Paris", "America/New_York", "Asia/Tokyo", "Etc/UTC", "Australia/Lord_Howe"];

    public static JsonObject Event(Random random)
    {
        var given = new JsonObject { ["uid"] = "u" + random.Next(100), ["start"] = Time(random) };
        var kind = random.Next(4);
        if (kind < 2) given["timeZone"] = One(random, Zones);
        if (kind == 2)
        {
            given["showWithoutTime"] = true;
            given["start"] = Day(random) + "T00:00:00";
        }

        foreach (var name in Names) if (random.Next(3) == 0) Put(given, name, random);
        if (given.ContainsKey("recurrenceRule") && random.Next(2) == 0) given["recurrenceOverrides"] = Overrides(given, random);
        return given;
    }

    /// <summary>Another event, of which some is the same.</summary>
    public static JsonObject Changed(JsonObject before, Random random)
    {
        var changed = (JsonObject)before.DeepClone();
        foreach (var name in Names.Where(_ => random.Next(4) == 0))
        {
            if (random.Next(3) == 0) changed.Remove(name);
            else Put(changed, name, random);
        }

        foreach (var map in new[] { "participants", "locations", "links", "alerts", "virtualLocations" })
            if (changed[map] is JsonObject { Count: > 0 } entries && random.Next(2) == 0)
                entries.Remove(entries.First().Key);
        if (random.Next(4) == 0) changed["start"] = changed["showWithoutTime"] is null ? Time(random) : Day(random) + "T00:00:00";
        if (random.Next(6) == 0 && changed["timeZone"] is not null) changed["timeZone"] = One(random, Zones);
        if (changed["timeZone"] is null) changed.Remove("endTimeZone");
        if (!changed.ContainsKey("recurrenceRule")) changed.Remove("recurrenceOverrides");
        else if (random.Next(2) == 0) changed["recurrenceOverrides"] = Overrides(changed, random);
        // A pointer into what is gone would be no patch any more.
        else if (changed["recurrenceOverrides"] is JsonObject overrides)
            foreach (var (_, patch) in overrides)
                foreach (var pointer in (patch as JsonObject ?? []).Select(entry => entry.Key).Where(key => key.Contains('/', StringComparison.Ordinal) || key == "endTimeZone").ToList())
                    patch!.AsObject().Remove(pointer);
        if (changed["mainLocationId"] is { } main && changed["locations"]?[main.ToString()] is null) changed.Remove("mainLocationId");
        return changed;
    }

    static readonly string[] Names =
    [
        "title", "description", "locale", "duration", "status", "privacy", "freeBusyStatus", "priority", "color", "sequence", "created", "updated", "keywords", "categories", "relatedTo", "participants",
        "locations", "virtualLocations", "links", "alerts", "recurrenceRule", "example.com:own", "localizations", "hideAttendees", "useDefaultAlerts", "timeZoneHint",
    ];

    static void Put(JsonObject given, string name, Random random)
    {
        switch (name)
        {
            case "title": given[name] = Word(random); break;
            case "description":
                given[name] = Word(random);
                if (random.Next(3) == 0) given["descriptionContentType"] = "text/html";
                break;
            case "locale": if (given.ContainsKey("title")) given[name] = "fr"; break;
            case "duration": given[name] = given["showWithoutTime"] is null ? One(random, ["PT1H", "P1D", "PT36H", "P1DT30M", "PT45S"]) : One(random, ["P1D", "P3D", "P1W"]); break;
            case "status": given[name] = One(random, ["confirmed", "tentative", "cancelled", "example.com:odd"]); break;
            case "privacy": given[name] = One(random, ["public", "private", "secret"]); break;
            case "freeBusyStatus": given[name] = One(random, ["free", "busy"]); break;
            case "priority": given[name] = random.Next(10); break;
            case "color": given[name] = One(random, ["red", "#ff0000"]); break;
            case "sequence": given[name] = random.Next(100); break;
            case "created" or "updated": given[name] = Time(random) + "Z"; break;
            case "keywords": given[name] = Set(random, Words); break;
            case "categories": given[name] = Set(random, ["https://example.com/a", "https://example.com/b"]); break;
            case "relatedTo": given[name] = new JsonObject { [Word(random)] = new JsonObject { ["@type"] = "Relation", ["relation"] = Set(random, ["parent", "child", "next"]) } }; break;
            case "participants": Participants(given, random); break;
            case "locations": Locations(given, random); break;
            case "virtualLocations": given[name] = Map(random, () => new JsonObject { ["uri"] = "https://example.com/" + random.Next(3), ["name"] = Word(random), ["features"] = Set(random, ["audio", "chat"]), ["description"] = Word(random) }); break;
            case "links": given[name] = Map(random, () => new JsonObject { ["href"] = "https://example.com/" + random.Next(5), ["rel"] = One(random, ["enclosure", "icon", "describedby", "alternate"]), ["contentType"] = "image/png", ["title"] = Word(random), ["size"] = random.Next(1000) }); break;
            case "alerts": given[name] = Map(random, () => Alert(random)); break;
            case "recurrenceRule": given[name] = Rule(random, given); break;
            case "example.com:own": given[name] = new JsonObject { ["a"] = new JsonArray(1, Word(random)), ["b"] = random.Next(5) }; break;
            case "localizations": given[name] = new JsonObject { ["de"] = new JsonObject { ["title"] = Word(random) } }; break;
            case "hideAttendees" or "useDefaultAlerts": given[name] = true; break;
        }
    }

    static void Participants(JsonObject given, Random random)
    {
        given["participants"] = Map(random, () =>
        {
            var person = new JsonObject { ["name"] = Word(random), ["roles"] = new JsonObject { [One(random, ["attendee", "chair", "optional", "informational", "required"])] = true } };
            if (random.Next(4) > 0) person["calendarAddress"] = "mailto:p" + random.Next(1000) + "@example.com";
            if (random.Next(2) == 0) person["participationStatus"] = One(random, ["accepted", "declined", "needs-action", "example.com:late"]);
            if (random.Next(2) == 0) person["expectReply"] = true;
            if (random.Next(3) == 0) person["scheduleStatus"] = new JsonArray("1.1", "2.0");
            if (random.Next(3) == 0) person["kind"] = One(random, ["individual", "location", "resource"]);
            if (random.Next(3) == 0) person["scheduleUpdated"] = Time(random) + "Z";
            if (random.Next(3) == 0) person["delegatedTo"] = new JsonObject { ["mailto:x@example.com"] = true };
            return person;
        });
        var people = (JsonObject)given["participants"]!;
        foreach (var twice in people.Where(person => person.Value!["calendarAddress"] is not null).GroupBy(person => person.Value!["calendarAddress"]!.ToString()).SelectMany(same => same.Skip(1)).Select(person => person.Key).ToList()) people.Remove(twice);
        if (people.FirstOrDefault(person => person.Value!["calendarAddress"] is not null).Value is { } first && random.Next(2) == 0) given["organizerCalendarAddress"] = first["calendarAddress"]!.ToString();
        else given.Remove("organizerCalendarAddress");
    }

    static void Locations(JsonObject given, Random random)
    {
        given["locations"] = Map(random, () =>
        {
            var place = new JsonObject { ["name"] = Word(random) };
            if (random.Next(2) == 0) place["coordinates"] = One(random, ["geo:48.85,2.29", "geo:1,2;u=3"]);
            if (random.Next(3) == 0) place["locationTypes"] = Set(random, ["hotel", "bar"]);
            if (random.Next(3) == 0) place["description"] = Word(random);
            return place;
        });
        var places = (JsonObject)given["locations"]!;
        if (places.Count > 1) given["mainLocationId"] = places.Last().Key;
        else given.Remove("mainLocationId");
    }

    static JsonObject Alert(Random random)
    {
        var alert = new JsonObject { ["action"] = One(random, ["display", "email"]) };
        alert["trigger"] = random.Next(3) == 0
            ? new JsonObject { ["@type"] = "AbsoluteTrigger", ["when"] = Time(random) + "Z" }
            : new JsonObject { ["@type"] = "OffsetTrigger", ["offset"] = One(random, ["-PT5M", "PT0S", "-P1D", "PT90M"]), ["relativeTo"] = One(random, ["start", "end"]) };
        if (random.Next(3) == 0) alert["acknowledged"] = Time(random) + "Z";
        return alert;
    }

    static JsonObject Rule(Random random, JsonObject given)
    {
        var rule = new JsonObject { ["@type"] = "RecurrenceRule", ["frequency"] = One(random, ["daily", "weekly", "monthly", "yearly"]) };
        if (random.Next(2) == 0) rule["interval"] = random.Next(1, 4);
        if (random.Next(3) == 0) rule["byMonth"] = new JsonArray("1", "7");
        if (random.Next(3) == 0) rule["byDay"] = new JsonArray(new JsonObject { ["@type"] = "NDay", ["day"] = "mo" }, new JsonObject { ["@type"] = "NDay", ["day"] = "fr" });
        if (random.Next(3) == 0) rule["count"] = random.Next(1, 50);
        else if (random.Next(2) == 0) rule["until"] = given["showWithoutTime"] is null ? "2031-05-05T10:00:00" : "2031-05-05T00:00:00";
        return rule;
    }

    static JsonObject Overrides(JsonObject given, Random random)
    {
        var overrides = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var key = given["showWithoutTime"] is null ? Time(random) : Day(random) + "T00:00:00";
            var patch = new JsonObject();
            switch (random.Next(4))
            {
                case 0: patch["excluded"] = true; break;
                case 1: break;
                default:
                    patch["title"] = Word(random);
                    if (random.Next(2) == 0) patch["start"] = given["showWithoutTime"] is null ? Time(random) : Day(random) + "T00:00:00";
                    if (random.Next(3) == 0) patch["example.com:own"] = 7;
                    if (given["locations"] is JsonObject { Count: > 0 } places && random.Next(2) == 0) patch[$"locations/{places.First().Key}/name"] = "Elsewhere";
                    if (random.Next(3) == 0 && given["participants"] is JsonObject { Count: > 0 } people) patch[$"participants/{people.First().Key}/participationStatus"] = "tentative";
                    break;
            }

            // What the series says already is no patch.
            foreach (var same in patch.Where(entry => JsonNode.DeepEquals(given[entry.Key], entry.Value) || (entry.Key == "start" && entry.Value!.ToString() == key)).Select(entry => entry.Key).ToList()) patch.Remove(same);
            foreach (var (pointer, value) in patch.Where(entry => entry.Key.Contains('/', StringComparison.Ordinal)).ToList())
            {
                var path = JsonPointers.Split(pointer);
                if (JsonNode.DeepEquals(given[path[0]]?[path[1]]?[path[2]], value)) patch.Remove(pointer);
            }

            overrides[key] = patch;
        }

        return new JsonObject(overrides);
    }

    static JsonObject Map(Random random, Func<JsonObject> entry) =>
        new(Enumerable.Range(0, random.Next(1, 4)).Select(_ => "id" + random.Next(100)).Distinct().Select(id => KeyValuePair.Create(id, (JsonNode?)entry())));

    static JsonObject Set(Random random, string[] from) => new(Enumerable.Range(0, random.Next(1, 4)).Select(_ => One(random, from)).Distinct().Select(member => KeyValuePair.Create(member, (JsonNode?)true)));

    static string Word(Random random) => One(random, Words) + random.Next(10).ToString(CultureInfo.InvariantCulture);

    static string One(Random random, string[] from) => from[random.Next(from.Length)];

    static string Day(Random random) => new LocalDate(2020, 1, 1).PlusDays(random.Next(3000)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    static string Time(Random random) => string.Create(CultureInfo.InvariantCulture, $"{Day(random)}T{random.Next(24):00}:{random.Next(60):00}:00");
}
