using System.Text.Json.Nodes;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar;

/// <summary>
/// What of an event each person has of their own where the calendar is shared (draft-ietf-jmap-calendars, "Per-user
/// properties"). The text of the object says what its owner has; of others it is kept beside it.
/// </summary>
static class PersonalProperties
{
    const string Overrides = "recurrenceOverrides";

    /// <summary>Their names.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal) { "keywords", "color", "freeBusyStatus", "useDefaultAlerts", "alerts" };

    /// <summary>Whether a pointer into an event is to one of them.</summary>
    public static bool IsPersonal(string pointer) => Names.Contains(JsonPointers.Split(pointer)[0]);

    /// <summary>The event without them, as somebody sees it who has none of their own.</summary>
    public static JsonObject Without(JsonObject calendarEvent)
    {
        var shared = new JsonObject(calendarEvent.Where(property => !Names.Contains(property.Key) && property.Key != Overrides).Select(Copy));
        if (calendarEvent[Overrides] is JsonObject overrides)
            shared[Overrides] = new JsonObject(overrides.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)new JsonObject((entry.Value as JsonObject ?? []).Where(patch => !IsPersonal(patch.Key)).Select(Copy)))));
        return shared;
    }

    /// <summary>They alone; null where there are none.</summary>
    public static JsonObject? Of(JsonObject calendarEvent)
    {
        var personal = new JsonObject(calendarEvent.Where(property => Names.Contains(property.Key) && property.Value is not null).Select(Copy));
        var overrides = new JsonObject();
        foreach (var (key, value) in calendarEvent[Overrides] as JsonObject ?? [])
        {
            var patch = new JsonObject((value as JsonObject ?? []).Where(entry => IsPersonal(entry.Key)).Select(Copy));
            if (patch.Count > 0) overrides[key] = patch;
        }

        if (overrides.Count > 0) personal[Overrides] = overrides;
        return personal.Count == 0 ? null : personal;
    }

    /// <summary>The event with those of a person in the place of those it has.</summary>
    public static JsonObject With(JsonObject calendarEvent, JsonObject? personal)
    {
        var merged = Without(calendarEvent);
        foreach (var (name, value) in personal ?? [])
            if (name != Overrides)
                merged[name] = value?.DeepClone();
        if (personal?[Overrides] is not JsonObject overrides) return merged;
        if (merged[Overrides] is not JsonObject all) merged[Overrides] = all = [];
        foreach (var (key, value) in overrides)
        {
            if (all[key] is not JsonObject patch) all[key] = patch = [];
            // An instance that is taken out has nothing of anybody's.
            if (patch.ContainsKey("excluded")) continue;
            foreach (var (pointer, node) in (JsonObject)value!) patch[pointer] = node?.DeepClone();
        }

        return merged;
    }

    static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> property) => KeyValuePair.Create(property.Key, property.Value?.DeepClone());
}
