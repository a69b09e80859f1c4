using System.Globalization;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Protocols.ITip;

/// <summary>What messages between calendars look at in components.</summary>
public static class ITipComponents
{
    static readonly string[] Ties = ["DTSTART", "DTEND", "DUE"];
    static readonly string[] OfSeries = ["RRULE", "RDATE", "EXDATE", "EXRULE"];

    /// <summary>Who organizes an object; null where nobody does.</summary>
    public static string? Organizer(this CalendarObject calendar) => calendar.Components.Select(component => component.Property("ORGANIZER")?.Value).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    /// <summary>The ATTENDEE of an address, or null.</summary>
    public static ICalProperty? Attendee(this ICalComponent component, string address) => component.PropertiesOf("ATTENDEE").FirstOrDefault(attendee => CalendarAddress.IsSame(attendee.Value, address));

    /// <summary>Everybody who is invited to an object or an instance of it, each once.</summary>
    public static IEnumerable<string> Attendees(this CalendarObject calendar) =>
        calendar.Components.SelectMany(component => component.PropertiesOf("ATTENDEE")).Select(attendee => attendee.Value).DistinctBy(CalendarAddress.Key);

    /// <summary>The first of some addresses that is invited to the object; null where none is.</summary>
    public static string? AttendeeAmong(this CalendarObject calendar, IEnumerable<string> addresses)
    {
        var keys = addresses.Select(CalendarAddress.Key).ToHashSet();
        return calendar.Attendees().FirstOrDefault(attendee => keys.Contains(CalendarAddress.Key(attendee)));
    }

    /// <summary>SEQUENCE, 0 where there is none.</summary>
    public static int Sequence(this ICalComponent component) =>
        int.TryParse(component.Property("SEQUENCE")?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;

    /// <summary>PARTSTAT of an ATTENDEE, upper-case (RFC 5545 §3.2.12).</summary>
    public static string Status(this ICalProperty attendee) => attendee.Parameter("PARTSTAT")?.ToUpperInvariant() ?? "NEEDS-ACTION";

    internal static Instant? Stamp(this ICalComponent component) => ICalTime.Of(component.Property("DTSTAMP")) is { } time ? time.Local.InUtc().ToInstant() : null;

    /// <summary>Whether it does not take place (STATUS:CANCELLED).</summary>
    public static bool IsCancelled(this ICalComponent component) => "CANCELLED".Equals(component.Property("STATUS")?.Value.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the server carries what is said to or by this person (RFC 6638 §7.1).</summary>
    internal static bool IsServers(this ICalProperty? person) => person?.Parameter("SCHEDULE-AGENT") is not { } agent || agent.Equals("SERVER", StringComparison.OrdinalIgnoreCase);

    internal static RecurrenceSet Set(this CalendarObject calendar) => new(calendar.Components, calendar.Zones(), DateTimeZone.Utc);

    /// <summary>The name of the instance that a component is, on the clock of a set; null of a series.</summary>
    internal static LocalDateTime? InstanceName(this ICalComponent component, RecurrenceSet set) =>
        ICalTime.Of(component.Property("RECURRENCE-ID")) is { } time ? set.RecurrenceIdOf(time) : null;

    /// <summary>An instance as the series makes it, with a component of its own.</summary>
    internal static ICalComponent InstanceFrom(this ICalComponent master, LocalDateTime name)
    {
        var instance = new ICalComponent(master.Name, master.Nodes
            .Where(node => !OfSeries.Contains(node.Name, StringComparer.OrdinalIgnoreCase))
            .Select(node => node is ICalComponent inner ? inner.Clone() : node));
        if (ICalTime.Of(master.Property("DTSTART")) is not { } start) return instance;
        foreach (var property in Ties.Select(master.Property).OfType<ICalProperty>())
            if (ICalTime.Of(property) is { } time)
                instance.Replace(property, EventClock.Timed(property, property.Name, time.At(Shifted(time.Local, start.Local, name))));
        instance.Add(EventClock.Timed(null, "RECURRENCE-ID", start.At(name)));
        return instance;
    }

    /// <summary>Whether a series has an instance of this name; not where that is too much work to say.</summary>
    internal static bool Has(this RecurrenceSet set, LocalDateTime name)
    {
        try
        {
            return !set.IsExcluded(name) && set.Generates(name, new ExpansionBudget(1_000_000, default));
        }
        catch (ExpansionRefusedException)
        {
            return false;
        }
    }

    /// <summary>A time as far away as one is from another; itself where that would be beyond all years.</summary>
    static LocalDateTime Shifted(LocalDateTime time, LocalDateTime from, LocalDateTime to)
    {
        try
        {
            var shifted = time.Plus(Period.Between(from, to, PeriodUnits.Days | PeriodUnits.AllTimeUnits));
            return shifted.Year is >= 1 and <= 9999 ? shifted : time;
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            return time;
        }
    }

    /// <summary>A VCALENDAR of some components, with the zones that these name.</summary>
    internal static CalendarObject ObjectOf(this CalendarObject source, string product, params IEnumerable<ICalComponent> components)
    {
        var calendar = new ICalComponent("VCALENDAR", [new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", ICalText.Escape(product))]);
        var taken = components.ToList();
        var named = taken.SelectMany(component => component.Properties).Select(property => property.Parameter("TZID")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var zone in source.Calendar.ComponentsOf("VTIMEZONE").Where(zone => named.Contains(zone.Text("TZID") ?? ""))) calendar.Append(zone.Clone());
        foreach (var component in taken) calendar.Append(component);
        TimeZoneComponent.AddMissing(calendar);
        return CalendarObject.Of(calendar);
    }
}
