using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Protocols.ITip;

/// <summary>Writes the answer of a room or a thing into the object it is invited to.</summary>
public static class ResourceAnswer
{
    /// <summary>Answers the whole, and some instances of it with no.</summary>
    /// <param name="calendar">The object, which is changed.</param>
    /// <param name="own">The address that is invited.</param>
    /// <param name="status">The PARTSTAT of the whole.</param>
    /// <param name="declined">The instances that are declined, as <c>recurrenceOverrides</c> names them.</param>
    public static void Write(CalendarObject calendar, string own, string status, IReadOnlyCollection<string> declined)
    {
        var (set, zones) = (calendar.Set(), calendar.Zones());
        var names = declined.Select(key => EventSeries.NameOf(calendar, zones, key)).OfType<NodaTime.LocalDateTime>().ToHashSet();
        if (calendar.Master is { } master)
            foreach (var name in names.Where(name => set.InstanceOf(name) is null))
                calendar.Calendar.Append(master.InstanceFrom(name));
        foreach (var component in calendar.Components)
        {
            if (component.Attendee(own) is not { } attendee || component.IsCancelled()) continue;
            var isDeclined = component.InstanceName(set) is { } name && names.Contains(name);
            component.Replace(attendee, attendee.WithParameter("PARTSTAT", isDeclined ? "DECLINED" : status).WithParameter("RSVP", (string?)null));
            // What it declines does not take its time.
            if (isDeclined) component.Set("TRANSP", "TRANSPARENT");
            else component.RemoveAll("TRANSP");
        }
    }
}
