using System.Globalization;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Protocols.ITip;

/// <summary>What does not take place any more, in the calendar of somebody invited (RFC 5546 §3.2.5). It stays, marked as cancelled, until they tidy it away.</summary>
public static class IncomingCancel
{
    /// <summary>What the message makes of the object; null where there is nothing to cancel, or it is older than what is there.</summary>
    public static ITipChange? Apply(CalendarObject? present, ITipMessage message)
    {
        if (present is null) return null;
        var merged = CalendarObject.Of(present.Calendar.Clone());
        var isSeen = false;
        if (message.Object.Master is { } whole)
        {
            if ((merged.Master ?? merged.Instances.First()) is { } known && known.Sequence() > whole.Sequence()) return null;
            foreach (var component in merged.Components) isSeen |= Mark(component, whole);
        }

        var set = merged.Set();
        foreach (var instance in message.Object.Instances)
        {
            if (instance.InstanceName(set) is not { } name || set.IsExcluded(name)) continue;
            if (set.InstanceOf(name) is not { } component)
            {
                if (merged.Master is not { } master || !set.Has(name)) continue;
                component = master.InstanceFrom(name);
                merged.Calendar.Append(component);
            }
            else if (component.Sequence() > instance.Sequence())
            {
                continue;
            }

            isSeen |= Mark(component, instance);
        }

        return isSeen ? new ITipChange(merged.Calendar) : null;
    }

    static bool Mark(ICalComponent component, ICalComponent cancelled)
    {
        if (component.IsCancelled()) return false;
        component.Set("STATUS", "CANCELLED");
        component.Set("SEQUENCE", Math.Max(component.Sequence(), cancelled.Sequence()).ToString(CultureInfo.InvariantCulture));
        if (cancelled.Property("DTSTAMP") is { } stamp) component.Set("DTSTAMP", stamp.Value);
        // Nothing rings for what does not take place.
        foreach (var alarm in component.ComponentsOf("VALARM").ToList()) component.Remove(alarm);
        return true;
    }
}
