using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>The event that a booking is.</summary>
static class BookingEvent
{
    /// <summary>A new one: who owns the page invites, and the guest is invited.</summary>
    public static CalendarObject Create(BookingSettings page, BookingGuest guest, string organizer, string host, Instant start, bool isAsked, Instant now, CancellationToken cancellation)
    {
        var zone = TimeZoneNames.Zone(page.TimeZone) ?? DateTimeZone.Utc;
        var description = string.Join("\n\n", guest.Answers.Select(answer => $"{answer.Question}\n{answer.Answer}").Prepend(page.Description).Where(text => !string.IsNullOrWhiteSpace(text)));
        var json = new JsonObject
        {
            ["@type"] = "Event",
            ["uid"] = Guid.CreateVersion7().ToString(),
            ["created"] = JSTime.WriteUtc(now),
            ["updated"] = JSTime.WriteUtc(now),
            ["title"] = $"{page.Title} ({guest.Name})",
            ["start"] = JSTime.Write(start.InZone(zone).LocalDateTime),
            ["timeZone"] = zone.Id,
            ["duration"] = $"PT{page.Duration}M",
            ["organizerCalendarAddress"] = organizer,
            ["participants"] = new JsonObject
            {
                ["host"] = new JsonObject
                {
                    ["@type"] = "Participant",
                    ["name"] = host,
                    ["calendarAddress"] = organizer,
                    ["roles"] = new JsonObject { ["owner"] = true, ["attendee"] = true },
                    ["participationStatus"] = "accepted",
                },
                ["guest"] = new JsonObject
                {
                    ["@type"] = "Participant",
                    ["name"] = guest.Name,
                    ["calendarAddress"] = CalendarAddress.Of(guest.Address),
                    ["roles"] = new JsonObject { ["attendee"] = true },
                    ["participationStatus"] = isAsked ? "needs-action" : "accepted",
                    ["expectReply"] = isAsked,
                },
            },
        };
        if (description.Length > 0) json["description"] = description;
        if (page.Location is { Length: > 0 } location) json["locations"] = new JsonObject { ["1"] = new JsonObject { ["@type"] = "Location", ["name"] = location } };
        return CalendarObject.Of(EventSeriesWriter.Create(json, CalendarObjects.Product, now, cancellation));
    }

    /// <summary>When it takes place.</summary>
    public static (Instant Start, Instant End) Times(CalendarObject calendar)
    {
        var set = new RecurrenceSet(calendar.Components, calendar.Zones(), DateTimeZone.Utc);
        var (found, _) = set.ExpandUpTo(Instant.MinValue, Instant.MaxValue, 1, default);
        return found.Count == 0 ? default : (found[0].Begin, found[0].End);
    }

    /// <summary>Puts it at another time, on the clock it was on.</summary>
    public static void SetTimes(CalendarObject calendar, Instant start, Instant end)
    {
        var (master, zones) = (calendar.Master!, calendar.Zones());
        var former = ICalTime.Of(master.Property("DTSTART"))!.Value;
        var zone = zones.ZoneOf(former, DateTimeZone.Utc);
        // What became a day, or is tied to no clock, is tied to the moment from now on.
        ICalTime At(Instant moment) => former.Kind == ICalTimeKind.Zoned ? former.At(ZoneRules.Local(moment, zone)) : ICalTime.OfInstant(moment);
        foreach (var name in new[] { "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE" }) master.RemoveAll(name);
        master.Replace(master.Property("DTSTART")!, At(start).ToProperty("DTSTART"));
        master.Add(At(end).ToProperty("DTEND"));
    }

    /// <summary>Notes that somebody comes.</summary>
    public static void Accept(CalendarObject calendar, string mail)
    {
        foreach (var component in calendar.Components)
            if (component.Attendee(CalendarAddress.Of(mail)) is { } attendee)
                component.Replace(attendee, attendee.WithParameter("PARTSTAT", "ACCEPTED").WithParameter("RSVP", (string?)null));
    }

    /// <summary>What it is called, without the name of the guest, whom it tells nothing.</summary>
    public static string TitleOf(ICalComponent component, string guest)
    {
        var title = (component.Text("SUMMARY") ?? "").ReplaceLineEndings(" ");
        return title.EndsWith($" ({guest})", StringComparison.Ordinal) ? title[..^(guest.Length + 3)] : title;
    }
}
