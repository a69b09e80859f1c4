using System.Text.Json.Nodes;
using Bastide.Calendar.Booking;
using Bastide.Calendar.Links;
using Bastide.Platform.Accounts;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Jmap;

/// <summary>What the session says of calendars, as a whole and for each account by the caller's rights on it (draft-ietf-jmap-calendars, "Addition to the Capabilities Object").</summary>
static class CalendarCapabilities
{
    public const string Calendars = "urn:ietf:params:jmap:calendars";
    public const string Parse = "urn:ietf:params:jmap:calendars:parse";
    public const string Availability = "urn:ietf:params:jmap:principals:availability";

    /// <summary>What a workplace of ours has beside the standard; see docs/protocols/calendar.md.</summary>
    public const string Extensions = "urn:bastide:jmap:calendars";

    /// <summary>Calendars are there for whoever reaches the account, whole or some of its calendars.</summary>
    public static JsonObject? OfCalendars(Caller caller, Account account, Rights rights) => !caller.May("calendar") ? null : new JsonObject
    {
        ["maxCalendarsPerEvent"] = 1,
        ["minDateTime"] = "0001-01-01T00:00:00Z",
        ["maxDateTime"] = "9998-12-31T23:59:59Z",
        ["maxExpandedQueryDuration"] = $"P{EventFinder.MostDays}D",
        ["maxParticipantsPerEvent"] = EventCheck.MostParticipants,
        ["mayCreateCalendar"] = rights.HasFlag(Rights.Manage),
    };

    /// <summary>Calendars of other origin are made by whoever makes calendars.</summary>
    public static JsonObject? OfExtensions(Caller caller, Account account, Rights rights) =>
        !caller.May("calendar") ? null : new JsonObject { ["maySubscribe"] = rights.HasFlag(Rights.Manage), ["maxSources"] = Bastide.Calendar.Calendars.MostSources, ["maxLinks"] = CalendarLinks.Most, ["maxBookingPages"] = account.Id == caller.Person ? BookingPages.Most : 0 };

    /// <summary>Files are read wherever calendars are.</summary>
    public static JsonObject? OfParse(Caller caller, Account account, Rights rights) => caller.May("calendar") ? [] : null;

    /// <summary>Who is free is asked in one's own account, where the principals are.</summary>
    public static JsonObject? OfAvailability(Caller caller, Account account, Rights rights) =>
        caller.May("calendar") && account.Id == caller.Person ? new JsonObject { ["maxAvailabilityDuration"] = $"P{Bastide.Calendar.Availability.MostDays}D" } : null;
}
