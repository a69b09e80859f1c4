using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar;

/// <summary>What others see of a private event: when it is (RFC 8984 §4.4.3).</summary>
static class PrivateView
{
    static readonly HashSet<string> Seen = new(StringComparer.Ordinal)
    {
        "@type", "created", "duration", "endTimeZone", "excluded", "freeBusyStatus", "privacy", "recurrenceId", "recurrenceIdTimeZone", "recurrenceOverrides", "recurrenceRule", "sequence", "showWithoutTime", "start", "status",
        "timeZone", "uid", "updated",
    };

    static readonly HashSet<string> SeenInText = new(StringComparer.OrdinalIgnoreCase)
    {
        "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "DUE", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "STATUS", "TRANSP", "CLASS",
    };

    /// <summary>The event as others see it.</summary>
    public static JsonObject Of(JsonObject calendarEvent)
    {
        var seen = new JsonObject(calendarEvent.Where(property => Seen.Contains(property.Key)).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
        foreach (var (_, value) in seen["recurrenceOverrides"] as JsonObject ?? [])
            if (value is JsonObject patch)
                foreach (var pointer in patch.Select(entry => entry.Key).Where(pointer => !Seen.Contains(JsonPointers.Split(pointer)[0])).ToList())
                    patch.Remove(pointer);
        return seen;
    }

    /// <summary>The object as others see it.</summary>
    public static ICalComponent Of(ICalComponent calendar)
    {
        var seen = calendar.Clone();
        foreach (var component in seen.Components.Where(component => !component.Is("VTIMEZONE")))
            foreach (var node in component.Nodes.Where(node => node is ICalComponent || !SeenInText.Contains(node.Name)).ToList())
                component.Remove(node);
        return seen;
    }
}
