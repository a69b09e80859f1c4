using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar;

/// <summary><c>utcStart</c> and <c>utcEnd</c>: the times of an event for clients that know no time zones (draft-ietf-jmap-calendars).</summary>
static class UtcTimes
{
    /// <summary>When an event begins; null where it says no time.</summary>
    public static Instant? Start(JsonObject calendarEvent, DateTimeZone floating) =>
        JSTime.Read(calendarEvent["start"].AsText()) is { } start ? ZoneRules.Resolve(start, ZoneOf(calendarEvent, floating)) : null;

    /// <summary>When it ends.</summary>
    public static Instant? End(JsonObject calendarEvent, DateTimeZone floating)
    {
        if (JSTime.Read(calendarEvent["start"].AsText()) is not { } start) return null;
        var duration = JSTime.ReadDuration(calendarEvent["duration"].AsText()) ?? ICalDuration.Zero;
        return duration.AddTo(start, ZoneOf(calendarEvent, floating));
    }

    /// <summary>
    /// Turns the two into start and duration, in the zone of the event; one without a zone gets that of its calendar, or UTC.
    /// Faults are noted.
    /// </summary>
    public static void Apply(JsonObject given, JsonObject? before, string? calendarZone, InvalidProperties invalid)
    {
        if (!given.ContainsKey("utcStart") && !given.ContainsKey("utcEnd")) return;
        var (utcStart, utcEnd) = (given["utcStart"], given["utcEnd"]);
        var (hasStart, hasEnd) = (given.Remove("utcStart") && utcStart is not null, given.Remove("utcEnd") && utcEnd is not null);
        if (!hasStart && !hasEnd) return;
        if (hasStart && !JsonNode.DeepEquals(given["start"], before?["start"])) invalid.Add("utcStart", "start and utcStart are not set together.");
        if (hasEnd && !JsonNode.DeepEquals(given["duration"], before?["duration"])) invalid.Add("utcEnd", "duration and utcEnd are not set together.");
        var (from, to) = (JSTime.ReadUtc(utcStart.AsText()), JSTime.ReadUtc(utcEnd.AsText()));
        if (hasStart && from is null) invalid.Add("utcStart", "it is a date in UTC.");
        if (hasEnd && to is null) invalid.Add("utcEnd", "it is a date in UTC.");
        if (invalid.Any) return;
        if (TimeZoneNames.Canonical(given["timeZone"].AsText()) is null) given["timeZone"] = calendarZone ?? "Etc/UTC";
        given.Remove("showWithoutTime");
        var zone = ZoneOf(given, DateTimeZone.Utc);
        if (from is { } begin) given["start"] = JSTime.Write(ZoneRules.Local(begin, zone));
        if (to is not { } end) return;
        if (Start(given, DateTimeZone.Utc) is not { } start || end < start) invalid.Add("utcEnd", "it is not before the start.");
        else given["duration"] = ICalDuration.Exact(end - start).ToString();
    }

    static DateTimeZone ZoneOf(JsonObject calendarEvent, DateTimeZone floating) => TimeZoneNames.Zone(calendarEvent["timeZone"].AsText()) ?? floating;
}
