using System.Text;
using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Protocols.Tests.JSCalendar;

/// <summary>Events in both forms.</summary>
static class Events
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 9, 30);

    /// <summary>The object of a text: whole, or the properties of one event between bars, two bars between components.</summary>
    public static CalendarObject Object(string text)
    {
        if (!text.StartsWith("BEGIN:VCALENDAR", StringComparison.Ordinal))
        {
            var components = text.Split("||").Select(part => part.StartsWith("BEGIN:", StringComparison.Ordinal) ? part : $"BEGIN:VEVENT|UID:u|{part}|END:VEVENT");
            text = "BEGIN:VCALENDAR|VERSION:2.0|PRODID:-//Tests//EN|" + string.Join('|', components) + "|END:VCALENDAR|";
        }

        return CalendarObject.Of(ICalReader.ReadCalendar(Encoding.UTF8.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal)), ICalLimits.Object));
    }

    /// <summary>The one Event of an object.</summary>
    public static JsonObject Read(CalendarObject calendar) => EventSeries.Read(calendar).Single();

    /// <summary>The Event as it is read again after it was kept.</summary>
    public static JsonObject Again(JsonObject given) => Read(Object(ICalWriter.WriteText(EventSeriesWriter.Create(EventNormal.Of(given), "-//Tests//EN", Now))));

    /// <summary>The lines of an object after a change, those that end a line apart.</summary>
    public static List<string> Lines(CalendarObject calendar) =>
        [.. ICalWriter.WriteText(calendar.Calendar).Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Changes an object as JMAP does: a patch by the side of what is read.</summary>
    public static void Change(CalendarObject calendar, string patch)
    {
        var before = Read(calendar);
        var changed = Protocols.Jmap.JmapPatch.Apply(before, (JsonObject)JsonNode.Parse(patch)!, out var error);
        if (changed is null) throw new ArgumentException(error!.Description);
        EventSeriesWriter.Update(calendar, before, EventNormal.Merge(before, changed));
    }

    public static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
