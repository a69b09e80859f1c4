using System.Text;
using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Dav;

/// <summary>The zone of what is tied to none: that of the request, else of the calendar, else UTC (RFC 4791 §7.3, §9.8; RFC 7809 §5.2).</summary>
static class QueryZone
{
    /// <summary>The zone for a request about a calendar. Throws <see cref="DavException"/> where it names one that is none.</summary>
    public static DateTimeZone Of(XElement body, Calendar? calendar)
    {
        if (body.Element(CalDavNames.Of("timezone-id"))?.Value.Trim() is { Length: > 0 } id)
            return TimeZoneNames.Zone(id) ?? throw new DavException(DavError.Violated(CalDavNames.Of("valid-timezone")));
        if (body.Element(CalDavNames.Of("timezone"))?.Value is { Length: > 0 } text)
            return Described(text) ?? throw new DavException(DavError.Violated(CalDavNames.Of("valid-calendar-data")));
        return TimeZoneNames.Zone(calendar?.TimeZone) ?? DateTimeZone.Utc;
    }

    static DateTimeZone? Described(string text)
    {
        try
        {
            var calendar = ICalReader.ReadCalendar(Encoding.UTF8.GetBytes(text), ICalLimits.Object);
            return calendar.ComponentsOf("VTIMEZONE").FirstOrDefault()?.Text("TZID") is { } id ? new ICalTimeZones(calendar).Find(id) : null;
        }
        catch (ICalFormatException)
        {
            return null;
        }
    }
}
