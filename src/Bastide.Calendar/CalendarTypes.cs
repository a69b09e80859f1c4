using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>The types of item that the calendar tells changes of, by their JMAP names (draft-ietf-jmap-calendars).</summary>
public static class CalendarTypes
{
    /// <summary>Calendars.</summary>
    public static DataType Calendar { get; } = new("Calendar");

    /// <summary>Events: a series is one.</summary>
    public static DataType CalendarEvent { get; } = new("CalendarEvent");

    /// <summary>Alarms that went off; pushed, not synchronised.</summary>
    public static DataType CalendarAlert { get; } = new("CalendarAlert");

    /// <summary>The addresses at which calendars are published.</summary>
    public static DataType CalendarLink { get; } = new("CalendarLink");

    /// <summary>The pages on which others book.</summary>
    public static DataType BookingPage { get; } = new("BookingPage");

    /// <summary>Objects of any kind, as CalDAV has them.</summary>
    public static DataType CalendarObject { get; } = new("CalendarObject");

    /// <summary>What others did to the events of the account.</summary>
    public static DataType CalendarEventNotification { get; } = new("CalendarEventNotification");

    /// <summary>Who the account is in invitations.</summary>
    public static DataType ParticipantIdentity { get; } = new("ParticipantIdentity");
}
