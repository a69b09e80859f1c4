using System.Text.Json.Nodes;
using Bastide.Calendar.Links;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Jmap;

/// <summary>The CalendarLink object; see docs/protocols/calendar.md.</summary>
static class CalendarLinkProperties
{
    public static readonly string[] Details = ["full", "freeBusy"];

    public static readonly ObjectProperties<CalendarLink> All = new(
        ("id", link => CalendarIds.Link.Write(link.Id)),
        ("calendarId", link => CalendarIds.Calendar.Write(link.CalendarId)),
        ("url", link => link.Url?.AbsoluteUri),
        ("detail", link => Details[(int)link.Detail]),
        ("name", link => link.Name),
        ("createdAt", link => JSTime.WriteUtc(Instant.FromUnixTimeSeconds(link.CreatedAt.ToUnixTimeSeconds()))));
}
