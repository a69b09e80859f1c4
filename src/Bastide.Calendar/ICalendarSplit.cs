using System.Text;
using Bastide.Calendar.Store;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar;

/// <summary>
/// Takes a file apart into calendar objects: the components of each UID with the zones they name (RFC 4791 §4.1). What has no
/// UID gets one made of what it says, so that reading the same file again gives the same.
/// </summary>
static class ICalendarSplit
{
    static readonly string[] Zoned = ["DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"];

    // What the calendar says of itself and its parts; the METHOD of a message is none of an object's (RFC 4791 §4.1).
    static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase) { "VERSION", "PRODID", "CALSCALE" };

    /// <summary>The objects of a file, or why a part of it is none, each in the order they come first.</summary>
    public static IEnumerable<(CalendarObject? Object, ICalFormatException? Error)> Objects(IEnumerable<ICalComponent> file)
    {
        foreach (var calendar in file)
        {
            if (!calendar.Is("VCALENDAR"))
            {
                yield return (null, new ICalFormatException(calendar.Line, $"{calendar.Name} is not VCALENDAR."));
                continue;
            }

            var zones = calendar.ComponentsOf("VTIMEZONE").Where(zone => zone.Text("TZID") is not null).GroupBy(zone => zone.Text("TZID")!, StringComparer.OrdinalIgnoreCase).ToDictionary(zone => zone.Key, zone => zone.First(), StringComparer.OrdinalIgnoreCase);
            var parts = calendar.Components.Where(component => ObjectContent.KindOf(component.Name.ToUpperInvariant()) != CalendarKinds.None).Select(WithUid).GroupBy(component => (component.Name.ToUpperInvariant(), component.Text("UID")));
            foreach (var part in parts) yield return Make(calendar, zones, [.. part]);
        }
    }

    static (CalendarObject? Object, ICalFormatException? Error) Make(ICalComponent calendar, Dictionary<string, ICalComponent> zones, List<ICalComponent> components)
    {
        var made = new ICalComponent("VCALENDAR", calendar.Properties.Where(property => Kept.Contains(property.Name)));
        if (made.Property("VERSION") is null) made.Add(new ICalProperty("VERSION", "2.0"));
        if (made.Property("PRODID") is null) made.Add(new ICalProperty("PRODID", CalendarObjects.Product));
        foreach (var id in components.SelectMany(component => component.Properties).Where(property => Zoned.Contains(property.Name, StringComparer.OrdinalIgnoreCase)).Select(property => property.Parameter("TZID")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
            if (zones.TryGetValue(id, out var zone))
                made.Append(zone);
        foreach (var component in Latest(components)) made.Append(component);
        try
        {
            return (CalendarObject.Of(made), null);
        }
        catch (ICalFormatException exception)
        {
            return (null, exception);
        }
    }

    /// <summary>One for the series and one for each instance: the last of those that say to be the same.</summary>
    static IEnumerable<ICalComponent> Latest(List<ICalComponent> components) =>
        components.GroupBy(component => component.Property("RECURRENCE-ID")?.Value ?? "").Select(same => same.Last());

    static ICalComponent WithUid(ICalComponent component)
    {
        if (!string.IsNullOrWhiteSpace(component.Text("UID"))) return component;
        var named = component.Clone();
        named.RemoveAll("UID");
        named.Add(new ICalProperty("UID", ObjectContent.ETagOf(Encoding.UTF8.GetBytes(ICalWriter.WriteText(named))) + "@import"));
        return named;
    }
}
