using Bastide.Calendar.Alarms;
using Bastide.Protocols.Jmap;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Calendar.Jmap;

/// <summary>The methods, types and capabilities of draft-ietf-jmap-calendars, each method in the file of its name.</summary>
sealed class CalendarJmapMethods(IServiceProvider services) : IJmapMethods
{
    const string Calendars = CalendarCapabilities.Calendars;

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Calendars, _ => [], CalendarCapabilities.OfCalendars);
        table.AddCapability(CalendarCapabilities.Extensions, _ => [], CalendarCapabilities.OfExtensions);
        table.AddCapability(CalendarCapabilities.Parse, _ => [], CalendarCapabilities.OfParse);
        table.AddCapability(CalendarCapabilities.Availability, _ => [], CalendarCapabilities.OfAvailability);

        table.AddType(CalendarTypes.Calendar, Calendars);
        table.AddType(CalendarTypes.CalendarEvent, Calendars);
        table.AddType(CalendarTypes.CalendarEventNotification, Calendars);
        table.AddType(CalendarTypes.ParticipantIdentity, Calendars);
        table.AddPushed(CalendarTypes.CalendarAlert, Calendars, services.GetRequiredService<AlarmFiring>().Pushed);
        table.AddQuotaType(CalendarTypes.CalendarEvent);

        table.Add("Calendar/get", Calendars, Make<CalendarGet>().Handle);
        table.Add("Calendar/changes", Calendars, Make<CalendarChanges>().Handle);
        table.Add("Calendar/set", Calendars, Make<CalendarSet>().Handle);
        table.AddType(CalendarTypes.CalendarLink, CalendarCapabilities.Extensions);
        table.Add("CalendarLink/get", CalendarCapabilities.Extensions, Make<CalendarLinkGet>().Handle);
        table.Add("CalendarLink/set", CalendarCapabilities.Extensions, Make<CalendarLinkSet>().Handle);
        table.AddType(CalendarTypes.BookingPage, CalendarCapabilities.Extensions);
        table.Add("BookingPage/get", CalendarCapabilities.Extensions, Make<BookingPageGet>().Handle);
        table.Add("BookingPage/set", CalendarCapabilities.Extensions, Make<BookingPageSet>().Handle);
        table.Add("CalendarSource/get", CalendarCapabilities.Extensions, Make<CalendarSourceGet>().Handle);
        table.Add("CalendarEvent/get", Calendars, Make<CalendarEventGet>().Handle);
        table.Add("CalendarEvent/changes", Calendars, Make<CalendarEventChanges>().Handle);
        table.Add("CalendarEvent/query", Calendars, Make<CalendarEventQuery>().Handle);
        table.Add("CalendarEvent/queryChanges", Calendars, Make<CalendarEventQueryChanges>().Handle);
        table.Add("CalendarEvent/set", Calendars, Make<CalendarEventSet>().Handle);
        table.Add("CalendarEvent/copy", Calendars, Make<CalendarEventCopy>().Handle);
        table.Add("CalendarEvent/parse", CalendarCapabilities.Parse, Make<CalendarEventParse>().Handle);
        table.Add("CalendarEventNotification/get", Calendars, Make<EventNotificationGet>().Handle);
        table.Add("CalendarEventNotification/changes", Calendars, Make<EventNotificationChanges>().Handle);
        table.Add("CalendarEventNotification/query", Calendars, Make<EventNotificationQuery>().Handle);
        table.Add("CalendarEventNotification/queryChanges", Calendars, Make<EventNotificationQueryChanges>().Handle);
        table.Add("CalendarEventNotification/set", Calendars, Make<EventNotificationSet>().Handle);
        table.Add("CalendarEvent/propose", CalendarCapabilities.Extensions, Make<CalendarEventPropose>().Handle);
        table.Add("CalendarEvent/declineProposal", CalendarCapabilities.Extensions, Make<CalendarEventDeclineProposal>().Handle);
        table.Add("ParticipantIdentity/get", Calendars, Make<ParticipantIdentityGet>().Handle);
        table.Add("ParticipantIdentity/changes", Calendars, Make<ParticipantIdentityChanges>().Handle);
        table.Add("ParticipantIdentity/set", Calendars, Make<ParticipantIdentitySet>().Handle);
        table.Add("Principal/getAvailability", CalendarCapabilities.Availability, Make<PrincipalGetAvailability>().Handle);
    }

    T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);
}
