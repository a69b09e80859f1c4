using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// When an event is: DTSTART with DTEND or DURATION. An end is exact time in JSCalendar as in iCalendar; days of the calendar
/// are a DURATION.
/// </summary>
sealed class TimePart : EventPart
{
    public override IReadOnlyList<string> Properties { get; } = ["start", "timeZone", "showWithoutTime", "duration", "endTimeZone"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var component = scope.Component;
        if (ICalTime.Of(component.Property("DTSTART")) is not { } start) return;
        var clock = EventClock.Of(start, scope.Zones);
        into["start"] = JSTime.Write(clock.Tell(start.Local));
        if (clock.TimeZone is { } timeZone) into["timeZone"] = timeZone;
        var end = ICalTime.Of(component.Property("DTEND"));
        // A day that ends at a time is told as the time it begins.
        if (start.IsDate && end is null or { IsDate: true }) into["showWithoutTime"] = true;
        if (OccurrenceTemplate.Of(component, scope.Zones, DateTimeZone.Utc) is { } template && template.Length != ICalDuration.Zero)
            into["duration"] = template.Length.ToString();
        if (end is { Kind: ICalTimeKind.Utc or ICalTimeKind.Zoned } && EventClock.Of(end.Value, scope.Zones).TimeZone is { } endZone && endZone != clock.TimeZone)
            into["endTimeZone"] = endZone;
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        if (JSTime.Read(after["start"].AsText()) is not { } local) return;
        var old = component.Property("DTSTART");
        var isDate = after["showWithoutTime"].AsFlag() == true && local.TimeOfDay == LocalTime.Midnight && after["timeZone"] is null;
        var start = EventClock.Time(local, after["timeZone"].AsText(), isDate, ICalTime.Of(old), scope.Zones);
        Put(component, old, EventClock.Timed(old, "DTSTART", start));
        var duration = JSTime.ReadDuration(after["duration"].AsText()) ?? ICalDuration.Zero;
        if (isDate) WriteDays(component, start, duration);
        else WriteEnd(scope, start, duration, after["endTimeZone"].AsText());
    }

    static void WriteDays(ICalComponent component, ICalTime start, ICalDuration duration)
    {
        component.RemoveAll("DURATION");
        var days = duration.Days + (int)(duration.Seconds / 86_400);
        var old = component.Property("DTEND");
        // A day without an end is one day long.
        if (days <= 1 && old is null) return;
        Put(component, old, EventClock.Timed(old, "DTEND", start.At(Later(start.Local, Math.Max(1, days)))));
    }

    static void WriteEnd(EventScope scope, ICalTime start, ICalDuration duration, string? endTimeZone)
    {
        var component = scope.Component;
        var (end, length) = (component.Property("DTEND"), component.Property("DURATION"));
        if (duration == ICalDuration.Zero && endTimeZone is null)
        {
            component.RemoveAll("DTEND");
            component.RemoveAll("DURATION");
        }
        else if (endTimeZone is null && (duration.Days != 0 || length is not null))
        {
            component.RemoveAll("DTEND");
            component.Set("DURATION", duration.ToString());
        }
        else
        {
            component.RemoveAll("DURATION");
            var zone = scope.Zones.ZoneOf(start, DateTimeZone.Utc);
            var moment = duration.AddTo(start.Local, zone);
            var like = endTimeZone is null ? start : EventClock.Time(start.Local, endTimeZone, false, ICalTime.Of(end), scope.Zones);
            Put(component, end, EventClock.Timed(end, "DTEND", like.At(ZoneRules.Local(moment, scope.Zones.ZoneOf(like, DateTimeZone.Utc)))));
        }
    }

    static void Put(ICalComponent component, ICalProperty? old, ICalProperty property)
    {
        if (old is null) component.Add(property);
        else component.Replace(old, property);
    }

    static LocalDateTime Later(LocalDateTime time, int days) => time.Year + days / 365 > 9990 ? time : time.PlusDays(days);
}
