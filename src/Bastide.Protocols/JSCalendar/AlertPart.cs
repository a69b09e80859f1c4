using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// Alerts: VALARM (RFC 5545 §3.6.6, RFC 9074). Those that call on nobody (ACTION:NONE, a trigger that cannot be read) are no
/// alerts and stay as they are.
/// </summary>
sealed class AlertPart : EventPart
{
    const string VAlarm = "VALARM";

    public override IReadOnlyList<string> Properties { get; } = ["alerts"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var found = Find(scope.Component, scope.Zones);
        if (found.Count > 0) into["alerts"] = new JsonObject(found.Select(entry => KeyValuePair.Create(entry.Id, (JsonNode?)entry.Value)));
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        var present = Find(component, scope.Zones).ToDictionary(entry => entry.Id);
        var wanted = Entries(after, "alerts").ToDictionary();
        foreach (var (id, entry) in present)
            if (!wanted.ContainsKey(id))
                component.Remove(entry.Alarm);
        foreach (var (id, value) in wanted)
        {
            var entry = present.GetValueOrDefault(id);
            if (entry is not null && JsonNode.DeepEquals(entry.Value, value)) continue;
            WriteOne(component, entry?.Alarm, id, value, after["title"].AsText(), present);
        }
    }

    internal static List<Entry> Find(ICalComponent component, ICalTimeZones zones)
    {
        var entries = new List<Entry>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var alarm in component.ComponentsOf(VAlarm))
        {
            if (ReadOne(alarm, zones) is not { } value) continue;
            var uid = alarm.Text("UID");
            var made = JSIds.IsId(uid) ? uid! : JSIds.Of(uid ?? alarm.Property("TRIGGER")!.Value, uid is null ? alarm.Property("ACTION")?.Value : null);
            var id = JSIds.Of(alarm, made, [.. entries.Select(entry => entry.Id)]);
            entries.Add(new Entry(id, value, alarm));
            if (uid is not null) names.TryAdd(uid, id);
        }

        // Alarms name one another by UID, alerts by id.
        foreach (var entry in entries)
            if (entry.Value["relatedTo"] is JsonObject related)
                entry.Value["relatedTo"] = new JsonObject(related.Select(r => KeyValuePair.Create(names.GetValueOrDefault(r.Key, r.Key), r.Value?.DeepClone())));
        return entries;
    }

    static JsonObject? ReadOne(ICalComponent alarm, ICalTimeZones zones)
    {
        var action = alarm.Property("ACTION")?.Value.Trim().ToUpperInvariant();
        if (action == "NONE" || alarm.Property("TRIGGER") is not { } property || ReadTrigger(property, zones) is not { } trigger) return null;
        var value = new JsonObject { ["@type"] = "Alert", ["trigger"] = trigger };
        if (action == "EMAIL") value["action"] = "email";
        else if (action == "DISPLAY") value["action"] = "display";
        if (ICalTime.Of(alarm.Property("ACKNOWLEDGED")) is { } time) value["acknowledged"] = JSTime.WriteUtc(ZoneRules.Resolve(time.Local, DateTimeZone.Utc));
        if (RelationPart.ReadFrom(alarm) is { Count: > 0 } related) value["relatedTo"] = related;
        return value;
    }

    static JsonObject? ReadTrigger(ICalProperty property, ICalTimeZones zones)
    {
        if (ICalDuration.Parse(property.Value) is { } offset)
        {
            var trigger = new JsonObject { ["@type"] = "OffsetTrigger", ["offset"] = offset.ToString() };
            if (property.Parameter("RELATED")?.Equals("END", StringComparison.OrdinalIgnoreCase) == true) trigger["relativeTo"] = "end";
            return trigger;
        }

        return ICalTime.Of(property) is { } when
            ? new JsonObject { ["@type"] = "AbsoluteTrigger", ["when"] = JSTime.WriteUtc(zones.Resolve(when, DateTimeZone.Utc)) }
            : null;
    }

    static void WriteOne(ICalComponent component, ICalComponent? alarm, string id, JsonObject value, string? title, Dictionary<string, Entry> present)
    {
        var action = value["action"].AsText() == "email" ? "EMAIL" : "DISPLAY";
        if (alarm is null)
        {
            alarm = new ICalComponent(VAlarm, [new ICalProperty("UID", id), new ICalProperty("ACTION", action)]);
            component.Add(alarm);
        }

        // A sound is an alert that is displayed, as long as nothing else is asked for.
        if (value["action"] is not null && alarm.Property("ACTION")?.Value.Equals(action, StringComparison.OrdinalIgnoreCase) != true) alarm.Set("ACTION", action);
        if (WriteTrigger(value["trigger"] as JsonObject) is { } trigger && !IsSame(alarm.Property("TRIGGER"), trigger))
        {
            alarm.RemoveAll("TRIGGER");
            alarm.Add(trigger);
        }

        if (alarm.Property("DESCRIPTION") is null) alarm.Add(new ICalProperty("DESCRIPTION", ICalText.Escape(title is { Length: > 0 } ? title : "Reminder")));
        if (action == "EMAIL" && alarm.Property("SUMMARY") is null) alarm.Add(new ICalProperty("SUMMARY", ICalText.Escape(title is { Length: > 0 } ? title : "Reminder")));
        if (JSTime.ReadUtc(value["acknowledged"].AsText()) is { } acknowledged) alarm.Set("ACKNOWLEDGED", ICalTime.OfInstant(acknowledged).Value, []);
        else alarm.RemoveAll("ACKNOWLEDGED");
        var related = (value["relatedTo"] as JsonObject ?? []).Select(r => KeyValuePair.Create(present.GetValueOrDefault(r.Key)?.Alarm.Text("UID") ?? r.Key, r.Value?.DeepClone()));
        RelationPart.WriteTo(alarm, new JsonObject(related.DistinctBy(r => r.Key)));
        var uid = alarm.Text("UID");
        if (uid is null) alarm.Add(new ICalProperty("UID", id));
        alarm.Set(JSIds.Name, uid is null || uid == id ? null : id);
    }

    static ICalProperty? WriteTrigger(JsonObject? trigger)
    {
        if (JSTime.ReadUtc(trigger?["when"].AsText()) is { } when)
            return new ICalProperty("TRIGGER", ICalTime.OfInstant(when).Value, new ICalParameter("VALUE", "DATE-TIME"));
        if (JSTime.ReadDuration(trigger?["offset"].AsText(), isSigned: true) is not { } offset) return null;
        return new ICalProperty("TRIGGER", offset.ToString(), trigger!["relativeTo"].AsText() == "end" ? [new ICalParameter("RELATED", "END")] : []);
    }

    static bool IsSame(ICalProperty? present, ICalProperty trigger) =>
        present is not null && present.Value.Equals(trigger.Value, StringComparison.OrdinalIgnoreCase)
        && "END".Equals(present.Parameter("RELATED"), StringComparison.OrdinalIgnoreCase) == (trigger.Parameter("RELATED") is not null);

    internal sealed record Entry(string Id, JsonObject Value, ICalComponent Alarm);
}
