using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// An Event as it is kept: without defaults and nulls, with the types of what is within, and with what the organizer and
/// attendees are by being named. So that what says the same is the same.
/// </summary>
public static class EventNormal
{
    static readonly (string Map, string Type)[] Typed = [("participants", "Participant"), ("locations", "Location"), ("virtualLocations", "VirtualLocation"), ("links", "Link"), ("alerts", "Alert"), ("relatedTo", "Relation")];

    static readonly Dictionary<string, JsonNode?> Defaults = new(StringComparer.Ordinal)
    {
        ["showWithoutTime"] = false,
        ["descriptionContentType"] = "text/plain",
        ["title"] = "",
        ["description"] = "",
        ["isDraft"] = false,
        ["useDefaultAlerts"] = false,
        ["mayInviteSelf"] = false,
        ["mayInviteOthers"] = false,
        ["hideAttendees"] = false,
    };

    /// <summary>The normal form of a checked Event.</summary>
    public static JsonObject Of(JsonObject given)
    {
        var normal = (JsonObject)given.DeepClone();
        normal["@type"] = "Event";
        foreach (var (name, value) in normal.ToList())
            if (value is null || value is JsonObject { Count: 0 } || (Defaults.TryGetValue(name, out var standard) && JsonNode.DeepEquals(value, standard)))
                normal.Remove(name);
        foreach (var (map, type) in Typed)
            foreach (var (_, entry) in normal[map] as JsonObject ?? [])
                if (entry is JsonObject value)
                    value["@type"] = type;
        Times(normal);
        if (normal["recurrenceRule"] is JsonObject rule) Rule(rule);
        Alerts(normal);
        Participants(normal);
        foreach (var (_, value) in normal["recurrenceOverrides"] as JsonObject ?? [])
            if (value is JsonObject patch)
                Override(patch);
        return normal;
    }

    /// <summary>
    /// The normal form of what a change makes of an Event, where the change says something; what it does not touch is as it was
    /// read, whatever its form.
    /// </summary>
    public static JsonObject Merge(JsonObject before, JsonObject changed)
    {
        var (was, merged) = (Of(before), Of(changed));
        foreach (var name in before.Select(property => property.Key).Concat(merged.Select(property => property.Key)).Distinct().ToList())
        {
            if (JsonNode.DeepEquals(was[name], merged[name])) Keep(before, merged, name);
            else if (was[name] is JsonObject wasMap && merged[name] is JsonObject map && before[name] is JsonObject old)
                foreach (var id in map.Select(entry => entry.Key).ToList())
                    if (old.ContainsKey(id) && JsonNode.DeepEquals(wasMap[id], map[id]))
                        Keep(old, map, id);
        }

        return merged;
    }

    static void Keep(JsonObject from, JsonObject to, string name)
    {
        if (from.TryGetPropertyValue(name, out var value)) to[name] = value?.DeepClone();
        else to.Remove(name);
    }

    static void Times(JsonObject normal)
    {
        if (JSTime.Read(normal["start"].AsText()) is { } start) normal["start"] = JSTime.Write(start);
        if (JSTime.ReadDuration(normal["duration"].AsText()) is { } duration)
        {
            var isDay = normal["showWithoutTime"].AsFlag() == true && normal["timeZone"] is null;
            // A whole day is a day of the calendar.
            if (isDay && duration.Seconds % 86_400 == 0) duration = new ICalDuration(duration.Days + (int)(duration.Seconds / 86_400), 0);
            if (duration == ICalDuration.Zero) normal.Remove("duration");
            else normal["duration"] = duration.ToString();
        }

        if (normal["showWithoutTime"].AsFlag() == true && normal["timeZone"] is null && normal["duration"] is null) normal["duration"] = "P1D";
        if (TimeZoneNames.Canonical(normal["timeZone"].AsText()) is { } zone) normal["timeZone"] = zone is "UTC" ? EventClock.Utc : zone;
        if (normal["endTimeZone"] is { } end && (normal["timeZone"] is null || JsonNode.DeepEquals(end, normal["timeZone"]))) normal.Remove("endTimeZone");
    }

    static void Rule(JsonObject rule)
    {
        // The same rule, as it is told when it is read again.
        if (RulePart.FromJson(rule, null, new ICalTimeZones(null)) is not { } parsed) return;
        var told = RulePart.ToJson(parsed, null, new ICalTimeZones(null));
        if (rule["until"] is { } until) told["until"] = JSTime.Read(until.AsText()) is { } time ? JSTime.Write(time) : until.DeepClone();
        foreach (var (name, value) in rule)
            if (!told.ContainsKey(name) && name is not ("interval" or "rscale" or "skip" or "firstDayOfWeek") && value is not (null or JsonArray { Count: 0 }))
                told[name] = value.DeepClone();
        rule.Clear();
        foreach (var (name, value) in told.ToList())
        {
            told.Remove(name);
            rule[name] = value;
        }
    }

    static void Alerts(JsonObject normal)
    {
        foreach (var (_, entry) in normal["alerts"] as JsonObject ?? [])
        {
            if (entry is not JsonObject alert) continue;
            alert["action"] ??= "display";
            if (alert["trigger"] is JsonObject trigger) Trigger(trigger);
            foreach (var (_, relation) in alert["relatedTo"] as JsonObject ?? [])
                if (relation is JsonObject value)
                    value["@type"] = "Relation";
        }
    }

    static void Trigger(JsonObject trigger)
    {
        trigger["@type"] ??= trigger["when"] is null ? "OffsetTrigger" : "AbsoluteTrigger";
        if (trigger["relativeTo"].AsText() == "start") trigger.Remove("relativeTo");
        if (JSTime.ReadDuration(trigger["offset"].AsText(), isSigned: true) is { } offset) trigger["offset"] = offset.ToString();
    }

    static void Participants(JsonObject normal)
    {
        var organizer = normal["organizerCalendarAddress"].AsText();
        var isNamed = organizer is null;
        foreach (var (_, entry) in normal["participants"] as JsonObject ?? [])
        {
            if (entry is not JsonObject person || person["calendarAddress"].AsText() is not { } address) continue;
            if (person["roles"] is not JsonObject roles) person["roles"] = roles = [];
            if (roles["owner"] is null || roles.Count > 1) roles["attendee"] = true;
            if (person["expectReply"].AsFlag() == false) person.Remove("expectReply");
            if (organizer is null || !AttendeeJson.IsSame(organizer, address)) continue;
            isNamed = true;
            roles["owner"] = true;
        }

        if (isNamed) return;
        if (normal["participants"] is not JsonObject people) normal["participants"] = people = [];
        people[JSIds.Of(JSWords.Lower(organizer!.Trim()))] = new JsonObject { ["@type"] = "Participant", ["calendarAddress"] = organizer, ["roles"] = new JsonObject { ["owner"] = true } };
    }

    static void Override(JsonObject patch)
    {
        if (patch["excluded"].AsFlag() == true)
        {
            patch.Clear();
            patch["excluded"] = true;
            return;
        }

        patch.Remove("excluded");
        if (JSTime.ReadDuration(patch["duration"].AsText()) is { } duration) patch["duration"] = duration.ToString();
        foreach (var (pointer, value) in patch)
        {
            var path = JsonPointers.Split(pointer);
            if (value is not JsonObject) continue;
            if (path.Length == 2 && Typed.FirstOrDefault(row => row.Map == path[0]).Type is { } type) value["@type"] = type;
            else if (path.Length == 1 && Typed.FirstOrDefault(row => row.Map == path[0]).Type is { } inner)
                foreach (var (_, entry) in (JsonObject)value)
                    if (entry is JsonObject) entry["@type"] = inner;
        }
    }
}
