using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>What is wrong with an Event that is to be kept: the properties that RFC 8984 and its successor give a type and that have another.</summary>
public static class EventCheck
{
    /// <summary>The most participants of an event.</summary>
    public const int MostParticipants = 1000;

    /// <summary>The most overrides of a series.</summary>
    public const int MostOverrides = 5000;

    const int MostAlerts = 50;

    static readonly string[] Texts = ["title", "description", "descriptionContentType", "locale", "status", "freeBusyStatus", "privacy", "color", "prodId", "organizerCalendarAddress", "mainLocationId"];
    static readonly string[] Flags = ["showWithoutTime", "mayInviteSelf", "mayInviteOthers", "hideAttendees", "useDefaultAlerts"];
    static readonly string[] Sets = ["keywords", "categories"];
    static readonly string[] Maps = ["participants", "locations", "virtualLocations", "links", "relatedTo", "alerts"];

    /// <summary>Notes every property at fault.</summary>
    public static void Check(JsonObject given, InvalidProperties invalid)
    {
        if (given["@type"] is { } type && type.AsText() != "Event") invalid.Add("@type", "it is Event.");
        if (given["uid"].AsText() is not { Length: > 0 and <= CalendarObject.LongestUid }) invalid.Add("uid", "it is a string that is not empty.");
        if (JSTime.Read(given["start"].AsText()) is null) invalid.Add("start", "it is a local date and time, as 2026-11-23T09:30:00.");
        CheckCommon(given, "", invalid);
        if (given["recurrenceRule"] is { } rule) CheckRule(rule, invalid);
        if (given["recurrenceId"] is { } id && JSTime.Read(id.AsText()) is null) invalid.Add("recurrenceId", "it is a local date and time.");
        if (given["recurrenceIdTimeZone"] is { } zone && TimeZoneNames.Canonical(zone.AsText()) is null) invalid.Add("recurrenceIdTimeZone", "it is a time zone of IANA.");
        if (given["method"] is not null) invalid.Add("method", "what is kept has none.");
        if (given["recurrenceOverrides"] is { } overrides) CheckOverrides(overrides, invalid);
    }

    static void CheckCommon(JsonObject given, string prefix, InvalidProperties invalid)
    {
        void Expect(string name, bool isRight, string why)
        {
            if (given[name] is not null && !isRight) invalid.Add(prefix + name, why);
        }

        Expect("timeZone", TimeZoneNames.Canonical(given["timeZone"].AsText()) is not null, "it is a time zone of IANA, or null.");
        Expect("endTimeZone", TimeZoneNames.Canonical(given["endTimeZone"].AsText()) is not null, "it is a time zone of IANA, or null.");
        Expect("duration", JSTime.ReadDuration(given["duration"].AsText()) is not null, "it is a duration, as PT1H30M or P1D.");
        Expect("priority", given["priority"].AsUnsigned() is >= 0 and <= 9, "it is a number from 0 to 9.");
        Expect("sequence", given["sequence"].AsUnsigned() is <= int.MaxValue, "it is a number from 0 to 2³¹−1.");
        Expect("created", JSTime.ReadUtc(given["created"].AsText()) is not null, "it is a date in UTC.");
        Expect("updated", JSTime.ReadUtc(given["updated"].AsText()) is not null, "it is a date in UTC.");
        foreach (var name in Texts) Expect(name, given[name].AsText() is not null, "it is a string.");
        foreach (var name in Flags) Expect(name, given[name].AsFlag() is not null, "it is true or false.");
        foreach (var name in Sets) Expect(name, given[name].AsSet() is not null, "it is an object of which every value is true.");
        foreach (var name in Maps) Expect(name, given[name] is JsonObject map && map.All(entry => entry.Value is JsonObject), "it is an object of objects.");
        CheckParticipants(given["participants"] as JsonObject ?? [], prefix, invalid);
        CheckEntries(given, "locations", prefix, invalid, location => IsTextOrNull(location, "name") && IsTextOrNull(location, "description") && IsTextOrNull(location, "coordinates"), "a location has a name, a description and coordinates that are strings.");
        CheckEntries(given, "virtualLocations", prefix, invalid, location => location["uri"].AsText() is { Length: > 0 }, "a virtual location has a uri.");
        CheckEntries(given, "links", prefix, invalid, link => link["href"].AsText() is { Length: > 0 } || link["blobId"].AsText() is { Length: > 0 }, "a link has an href or a blobId.");
        CheckEntries(given, "alerts", prefix, invalid, IsAlert, "an alert has a trigger with an offset or a time in UTC, and an action that is a string.");
        if (given["alerts"] is JsonObject { Count: > MostAlerts }) invalid.Add(prefix + "alerts", $"an event has at most {MostAlerts} alerts.");
    }

    static void CheckParticipants(JsonObject people, string prefix, InvalidProperties invalid)
    {
        if (people.Count > MostParticipants) invalid.Add(prefix + "participants", $"an event has at most {MostParticipants} participants.");
        foreach (var (id, entry) in people)
        {
            if (!JSIds.IsId(id)) invalid.Add(prefix + "participants", $"{id} is no id.");
            if (entry is not JsonObject person) continue;
            var isRight = IsTextOrNull(person, "name") && IsTextOrNull(person, "calendarAddress") && IsTextOrNull(person, "participationStatus")
                && (person["roles"] is null || person["roles"].AsSet() is not null) && (person["expectReply"] is null || person["expectReply"].AsFlag() is not null);
            if (!isRight) invalid.Add($"{prefix}participants/{id}", "a participant has a name, a calendarAddress and a participationStatus that are strings, roles that are a set, and an expectReply that is true or false.");
            else if (person["calendarAddress"].AsText() is { } address && !Uri.TryCreate(address, UriKind.Absolute, out _)) invalid.Add($"{prefix}participants/{id}/calendarAddress", "it is a URI, as mailto:alice@example.com.");
        }
    }

    static void CheckEntries(JsonObject given, string map, string prefix, InvalidProperties invalid, Predicate<JsonObject> isRight, string why)
    {
        foreach (var (id, entry) in given[map] as JsonObject ?? [])
        {
            if (!JSIds.IsId(id)) invalid.Add(prefix + map, $"{id} is no id.");
            else if (entry is JsonObject value && !isRight(value)) invalid.Add($"{prefix}{map}/{id}", why);
        }
    }

    static bool IsAlert(JsonObject alert)
    {
        if (alert["trigger"] is not JsonObject trigger || !IsTextOrNull(alert, "action")) return false;
        if (alert["acknowledged"] is { } acknowledged && JSTime.ReadUtc(acknowledged.AsText()) is null) return false;
        return trigger["when"] is { } when ? JSTime.ReadUtc(when.AsText()) is not null : JSTime.ReadDuration(trigger["offset"].AsText(), isSigned: true) is not null;
    }

    static void CheckRule(JsonNode rule, InvalidProperties invalid)
    {
        if (rule is JsonObject json && RulePart.FromJson(json, null, new ICalTimeZones(null)) is not null) return;
        invalid.Add("recurrenceRule", "it is a RecurrenceRule with a frequency, and every part of it has a value it can have.");
    }

    static void CheckOverrides(JsonNode node, InvalidProperties invalid)
    {
        if (node is not JsonObject overrides)
        {
            invalid.Add("recurrenceOverrides", "it is an object of patches.");
            return;
        }

        if (overrides.Count > MostOverrides) invalid.Add("recurrenceOverrides", $"a series has at most {MostOverrides} overrides.");
        foreach (var (key, value) in overrides)
        {
            var path = "recurrenceOverrides/" + JsonPointers.Escape(key);
            if (JSTime.Read(key) is not { } id || JSTime.Write(id) != key) invalid.Add(path, "it is named by a local date and time, as 2026-11-23T09:30:00.");
            else if (value is not JsonObject patch) invalid.Add(path, "it is a patch.");
            else
            {
                if (patch["start"] is { } start && JSTime.Read(start.AsText()) is null) invalid.Add(path + "/start", "it is a local date and time.");
                if (patch.ContainsKey("utcStart") || patch.ContainsKey("utcEnd") || patch.ContainsKey("isDraft") || patch.ContainsKey("calendarIds")) invalid.Add(path, "utcStart, utcEnd, isDraft and calendarIds are of the series.");
                CheckCommon(patch, path + "/", invalid);
            }
        }
    }

    static bool IsTextOrNull(JsonObject value, string name) => value[name] is null || value[name].AsText() is not null;
}
