using Bastide.Calendar.Booking;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Jmap;

/// <summary>The BookingPage object; see docs/protocols/calendar.md.</summary>
static class BookingPageProperties
{
    public static readonly ObjectProperties<BookingPage> All = new([
        ("id", page => CalendarIds.BookingPage.Write(page.Id)),
        ("url", page => page.Url?.AbsoluteUri),
        ("createdAt", page => JSTime.WriteUtc(Instant.FromUnixTimeSeconds(page.CreatedAt.ToUnixTimeSeconds()))),
        .. BookingSettingsJson.Properties.Select(property => (property.Name, (Func<BookingPage, System.Text.Json.Nodes.JsonNode?>)(page => property.Write(page.Settings)))),
    ]);

    /// <summary>What the server sets.</summary>
    public static bool IsServerSet(string name) => name is "id" or "url" or "createdAt";
}
