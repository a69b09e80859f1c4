using System.Text;
using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.Tests.ICalendar;

/// <summary>Makes calendars of texts.</summary>
static class ICalendars
{
    /// <summary>A calendar of components.</summary>
    public static ICalComponent Of(params string[] components) =>
        Read("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tests//EN\r\n" + string.Join("\r\n", components) + "\r\nEND:VCALENDAR\r\n");

    /// <summary>A calendar as it is written.</summary>
    public static ICalComponent Read(string text) => ICalReader.ReadCalendar(Encoding.UTF8.GetBytes(text), ICalLimits.Object);
}
