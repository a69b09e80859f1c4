using System.Xml.Linq;

namespace Bastide.Calendar.Dav;

/// <summary>The names of CalDAV (RFC 4791, 6638, 7809) and those of Apple that clients use beside.</summary>
static class CalDavNames
{
    public static readonly XNamespace CalDav = "urn:ietf:params:xml:ns:caldav";
    public static readonly XNamespace Apple = "http://apple.com/ns/ical/";

    /// <summary>The type of a calendar (RFC 4791 §4.2).</summary>
    public static readonly XName Calendar = CalDav + "calendar";

    /// <summary>The text of an object, whole or in part (RFC 4791 §9.6).</summary>
    public static readonly XName CalendarData = CalDav + "calendar-data";

    public static readonly XName Comp = CalDav + "comp";
    public static readonly XName Description = CalDav + "calendar-description";
    public static readonly XName TimeZone = CalDav + "calendar-timezone";
    public static readonly XName TimeZoneId = CalDav + "calendar-timezone-id";
    public static readonly XName Components = CalDav + "supported-calendar-component-set";
    public static readonly XName Transparency = CalDav + "schedule-calendar-transp";

    /// <summary>When the owner is there (RFC 7953 §7.2.4).</summary>
    public static readonly XName Availability = CalDav + "calendar-availability";

    public static readonly XName Color = Apple + "calendar-color";

    /// <summary>Where the contents of a calendar come from.</summary>
    public static readonly XName Source = XNamespace.Get("http://calendarserver.org/ns/") + "source";

    public static readonly XName Order = Apple + "calendar-order";

    /// <summary>A name of RFC 4791.</summary>
    public static XName Of(string local) => CalDav + local;
}
