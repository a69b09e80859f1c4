using System.Security.Cryptography;
using System.Text;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Links;

/// <summary>
/// What the public sees of a component: the properties that say what takes place, when and where. Nobody who is invited,
/// nobody's alarms, no address of a meeting, and nothing that is not known to be harmless.
/// </summary>
static class PublicView
{
    static readonly HashSet<string> Times = new(StringComparer.OrdinalIgnoreCase)
    {
        "DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "TRANSP", "STATUS",
    };

    static readonly HashSet<string> Contents = new(StringComparer.OrdinalIgnoreCase)
    {
        "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "CLASS", "CATEGORIES", "COLOR", "PRIORITY", "COMPLETED", "PERCENT-COMPLETE",
    };

    /// <summary>The component as a link tells it; an instance that is private in a public series tells its time alone.</summary>
    /// <param name="component">It.</param>
    /// <param name="busy">The word for what is not told.</param>
    public static ICalComponent Full(ICalComponent component, string busy = "Busy")
    {
        if (component.Property("CLASS")?.Value.Trim().ToUpperInvariant() is not (null or "" or "PUBLIC")) return Busy(component, component.Text("UID")!, busy);
        return new ICalComponent(component.Name, component.Properties.Where(property => Times.Contains(property.Name) || Contents.Contains(property.Name)));
    }

    /// <summary>The time of the component and nothing else, under another UID.</summary>
    /// <param name="component">It.</param>
    /// <param name="uid">The UID it is told under.</param>
    /// <param name="busy">The word for it.</param>
    public static ICalComponent Busy(ICalComponent component, string uid, string busy = "Busy")
    {
        var told = new ICalComponent(component.Name, new ICalProperty("UID", ICalText.Escape(uid)), new ICalProperty("DTSTAMP", "20000101T000000Z"), new ICalProperty("SUMMARY", ICalText.Escape(busy)));
        foreach (var property in component.Properties.Where(property => Times.Contains(property.Name))) told.Append(property);
        return told;
    }

    /// <summary>Whether the component takes somebody's time.</summary>
    public static bool IsBusy(ICalComponent component) =>
        !"TRANSPARENT".Equals(component.Property("TRANSP")?.Value.Trim(), StringComparison.OrdinalIgnoreCase) && !"CANCELLED".Equals(component.Property("STATUS")?.Value.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A UID that says nothing, the same each time at one link.</summary>
    public static string UidAt(long link, string uid) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{link} {uid}")).AsSpan(0, 16));
}
