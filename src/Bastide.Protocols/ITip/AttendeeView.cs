using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Protocols.ITip;

/// <summary>
/// An object as one of those who are invited sees it (RFC 6638 §3.2.6): the series without the instances they are not
/// invited to, or those instances alone to which they are, and nothing that is the organizer's own.
/// </summary>
static class AttendeeView
{
    static readonly string[] OfServers = ["SCHEDULE-STATUS", "SCHEDULE-AGENT", "SCHEDULE-FORCE-SEND"];
    static readonly HashSet<string> Personal = new(StringComparer.Ordinal) { "keywords", "color", "freeBusyStatus", "useDefaultAlerts", "alerts", "hideAttendees" };

    /// <summary>The view of an address; null where it is not invited at all.</summary>
    public static CalendarObject? Of(CalendarObject calendar, string address, string product)
    {
        var instances = calendar.Instances.Where(instance => instance.Attendee(address) is not null).ToList();
        if (calendar.Master is not { } master || master.Attendee(address) is null)
            return instances.Count == 0 ? null : calendar.ObjectOf(product, instances.Select(instance => Clean(instance, address)));
        var series = Clean(master, address);
        var set = calendar.Set();
        foreach (var other in calendar.Instances.Where(instance => instance.Attendee(address) is null))
            if (other.InstanceName(set) is { } name && ICalTime.Of(master.Property("DTSTART")) is { } start && !set.IsExcluded(name))
                RecurrenceDates.Add(series, "EXDATE", start.At(name));
        return calendar.ObjectOf(product, [series, .. instances.Select(instance => Clean(instance, address))]);
    }

    static ICalComponent Clean(ICalComponent component, string address)
    {
        var hides = component.PropertiesOf("JSPROP").Any(property => property.Parameter("JSPTR") == "hideAttendees" && property.Text == "true");
        return new ICalComponent(component.Name, component.Nodes.Where(node => !IsLeftOut(node) && !(hides && node is ICalProperty other && other.Is("ATTENDEE") && !CalendarAddress.IsSame(other.Value, address))).Select(Clean));
    }

    static ICalNode Clean(ICalNode node)
    {
        if (node is not ICalProperty property) return ((ICalComponent)node).Clone();
        if (!property.Is("ATTENDEE") && !property.Is("ORGANIZER")) return property;
        foreach (var parameter in OfServers) property = property.WithParameter(parameter, (string?)null);
        return property;
    }

    static bool IsLeftOut(ICalNode node)
    {
        if (node is ICalComponent component) return component.Is("VALARM");
        var property = (ICalProperty)node;
        if (property.Is("JSPROP")) return Personal.Contains(JsonPointers.Split(property.Parameter("JSPTR") ?? "")[0]);
        return property.Is("REQUEST-STATUS") || property.Is("COLOR") || property.Is("ACKNOWLEDGED") || property.Name.StartsWith("X-MOZ-", StringComparison.OrdinalIgnoreCase);
    }
}
