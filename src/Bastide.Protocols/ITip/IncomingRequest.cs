using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Protocols.ITip;

/// <summary>An invitation, or what changed of one, as it becomes part of the calendar of whom it is for (RFC 5546 §3.2.2, §3.2.4).</summary>
public static class IncomingRequest
{
    static readonly string[] Own = ["TRANSP", "CATEGORIES", "COLOR"];

    /// <summary>
    /// What the message makes of the object that is there; null where it is older than that. What the person has of their own
    /// (alarms, colour, whether they are busy) stays, and their answer too while nothing was moved.
    /// </summary>
    public static ITipChange? Apply(CalendarObject? present, ITipMessage message, string own)
    {
        var given = Stripped(message.Object);
        if (present is null) return new ITipChange(given);
        return message.Object.Master is null ? OfInstances(present, CalendarObject.Of(given), own) : OfSeries(present, CalendarObject.Of(given), own);
    }

    static ITipChange? OfSeries(CalendarObject present, CalendarObject given, string own)
    {
        if (present.Master is { } former && IsOlder(given.Master!, former)) return null;
        var isSeen = present.Components.Count() != given.Components.Count();
        var (was, isNow) = (present.Set(), given.Set());
        foreach (var component in given.Components.ToList())
        {
            var before = OrganizerChange.Former(present, was, component, isNow);
            isSeen |= before is null || Essence.Of(before, withStatuses: true) != Essence.Of(component, withStatuses: true);
            if (before is not null) Keep(component, before, own, present.Zones(), given.Zones());
        }

        return new ITipChange(given.Calendar) { IsSeen = isSeen };
    }

    static ITipChange? OfInstances(CalendarObject present, CalendarObject given, string own)
    {
        var merged = CalendarObject.Of(present.Calendar.Clone());
        var set = merged.Set();
        var isChanged = false;
        var isSeen = false;
        foreach (var component in given.Components.ToList())
        {
            if (component.InstanceName(set) is not { } name) continue;
            var old = set.InstanceOf(name);
            if (old is not null && IsOlder(component, old)) continue;
            var before = old ?? merged.Master?.InstanceFrom(name);
            isSeen |= before is null || Essence.Of(before, withStatuses: true) != Essence.Of(component, withStatuses: true);
            if (before is not null) Keep(component, before, own, merged.Zones(), given.Zones());
            if (old is not null) merged.Calendar.Remove(old);
            if (merged.Master is { } master) RecurrenceDates.Remove(master, "EXDATE", time => set.RecurrenceIdOf(time) == name);
            merged.Calendar.Append(component);
            isChanged = true;
        }

        if (!isChanged) return null;
        TakeZones(merged.Calendar, given.Calendar);
        return new ITipChange(merged.Calendar) { IsSeen = isSeen };
    }

    /// <summary>More instances of a series that is there; null where the series is not.</summary>
    public static ITipChange? Add(CalendarObject? present, ITipMessage message)
    {
        if (present?.Master is null) return null;
        var merged = CalendarObject.Of(present.Calendar.Clone());
        var set = merged.Set();
        var isChanged = false;
        foreach (var component in CalendarObject.Of(Stripped(message.Object)).Components.ToList())
        {
            if (ICalTime.Of(component.Property("DTSTART")) is not { } start || IsOlder(component, merged.Master!)) continue;
            var name = set.RecurrenceIdOf(start);
            if (set.InstanceOf(name) is not null) continue;
            var series = ICalTime.Of(merged.Master!.Property("DTSTART"))!.Value;
            RecurrenceDates.Add(merged.Master, "RDATE", series.At(name));
            component.RemoveAll("RECURRENCE-ID");
            component.Add(EventClock.Timed(null, "RECURRENCE-ID", series.At(name)));
            merged.Calendar.Append(component);
            isChanged = true;
        }

        if (!isChanged) return null;
        TakeZones(merged.Calendar, message.Object.Calendar);
        return new ITipChange(merged.Calendar);
    }

    internal static ICalComponent Stripped(CalendarObject given)
    {
        var calendar = given.Calendar.Clone();
        calendar.RemoveAll("METHOD");
        // What rings is for everybody to say for themselves.
        foreach (var component in calendar.Components)
            foreach (var alarm in component.ComponentsOf("VALARM").ToList())
                component.Remove(alarm);
        TimeZoneComponent.AddMissing(calendar);
        return calendar;
    }

    /// <summary>RFC 5546 §2.1.5: the number decides, then the time of writing.</summary>
    internal static bool IsOlder(ICalComponent given, ICalComponent present)
    {
        if (given.Sequence() != present.Sequence()) return given.Sequence() < present.Sequence();
        return given.Stamp() is { } stamp && present.Stamp() is { } known && stamp < known;
    }

    internal static void TakeZones(ICalComponent into, ICalComponent from)
    {
        var known = into.ComponentsOf("VTIMEZONE").Select(zone => zone.Text("TZID")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var zone in from.ComponentsOf("VTIMEZONE").Where(zone => known.Add(zone.Text("TZID")))) into.InsertBefore(node => node is ICalComponent && !node.Is("VTIMEZONE"), zone.Clone());
        TimeZoneComponent.AddMissing(into);
    }

    static void Keep(ICalComponent given, ICalComponent before, string own, ICalTimeZones zonesBefore, ICalTimeZones zonesGiven)
    {
        foreach (var name in Own)
        {
            if (before.Property(name) is null) continue;
            given.RemoveAll(name);
            foreach (var property in before.PropertiesOf(name)) given.Add(property);
        }

        foreach (var property in before.Properties.Where(property => property.Name.StartsWith("X-MOZ-", StringComparison.OrdinalIgnoreCase) && given.Property(property.Name) is null)) given.Add(property);
        foreach (var alarm in before.ComponentsOf("VALARM")) given.Append(alarm.Clone());
        if (given.Property("ORGANIZER") is { } organizer && before.Property("ORGANIZER") is { } known)
            given.Replace(organizer, organizer.WithParameter("SCHEDULE-STATUS", known.Parameter("SCHEDULE-STATUS")).WithParameter("SCHEDULE-AGENT", known.Parameter("SCHEDULE-AGENT")));
        if (given.Attendee(own) is not { } attendee || before.Attendee(own) is not { } former) return;
        // An answer that is still on its way is not undone by what was written before it came.
        if (attendee.Status() == "NEEDS-ACTION" && former.Status() != "NEEDS-ACTION" && !OrganizerChange.IsMoved(before, given, zonesBefore, zonesGiven))
            given.Replace(attendee, attendee.WithParameter("PARTSTAT", former.Status()).WithParameter("RSVP", (string?)null));
    }
}
