using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.ITip;

/// <summary>What somebody invited may change of their copy (RFC 6638 §3.2.2.1).</summary>
public static class AttendeeChange
{
    /// <summary>Whether the change moves what only its organizer moves, or makes it somebody else's.</summary>
    public static bool IsRefused(CalendarObject before, CalendarObject after)
    {
        if (before.Organizer() is not { } organizer) return false;
        if (after.Organizer() is not { } named || !CalendarAddress.IsSame(organizer, named)) return true;
        var (was, isNow) = (before.Set(), after.Set());
        var (zonesBefore, zonesAfter) = (before.Zones(), after.Zones());
        return after.Components.Any(component => OrganizerChange.Former(before, was, component, isNow) is { } former && OrganizerChange.IsMoved(former, component, zonesBefore, zonesAfter));
    }
}
