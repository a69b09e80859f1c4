using Bastide.Abstractions.Export;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Jmap;
using Bastide.Abstractions.Mail;
using Bastide.Calendar.Alarms;
using Bastide.Calendar.Attachments;
using Bastide.Calendar.Booking;
using Bastide.Calendar.Dav;
using Bastide.Calendar.Dav.Verbs;
using Bastide.Calendar.Import;
using Bastide.Calendar.Jmap;
using Bastide.Calendar.Links;
using Bastide.Calendar.Scheduling;
using Bastide.Calendar.Sources;
using Bastide.Platform.Blobs;
using Bastide.Platform.Jobs;
using Bastide.Platform.Modules;
using Bastide.Platform.Search;
using Bastide.Platform.Settings;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Calendar;

/// <summary>The house of the calendar: events, tasks and journal entries, kept as iCalendar and told as JSCalendar.</summary>
public sealed class CalendarModule : IModule
{
    /// <inheritdoc/>
    public string Name => "calendar";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, BastideSettings settings)
    {
        services.AddSingleton<Calendars>();
        services.AddSingleton<CalendarObjects>();
        services.AddSingleton<CalendarEvents>();
        services.AddSingleton<EventFinder>();
        services.AddSingleton<Availability>();
        services.AddSingleton<ParticipantIdentities>();
        services.AddSingleton<EventNotifications>();
        services.AddSingleton<Scheduler>();
        services.AddSingleton<Proposals>();
        services.AddSingleton<ITipReceiver>();
        services.AddSingleton<IMip>();
        services.AddSingleton<IMipArrival>();
        services.AddSingleton<IJobHandler, ITipDelivery>();
        services.AddSingleton<IJobHandler>(provider => provider.GetRequiredService<IMipArrival>());
        services.AddSingleton<ICalendarMailListener>(provider => provider.GetRequiredService<IMipArrival>());
        services.AddSingleton<CalendarImport>();
        services.AddSingleton<CalendarLinks>();
        services.AddSingleton<PublishedLinks>();
        services.AddSingleton<PublishedCalendar>();
        services.AddSingleton<ManagedAttachmentStore>();
        services.AddSingleton<AttachmentDownload>();
        services.AddSingleton<IJobHandler, AttachmentCleanUp>();
        services.AddSingleton<BookingPages>();
        services.AddSingleton<Bookings>();
        services.AddSingleton<BookingApi>();
        services.AddSingleton<IJobHandler, BookingMail>();
        services.AddSingleton<PublishedDays>();
        services.AddSingleton<PublishedPage>();
        services.AddSingleton<SourceFetch>();
        services.AddSingleton<IJobHandler, SourceRefresh>();
        services.AddSingleton<Birthdays>();
        services.AddHostedService<BirthdayWatch>();
        services.AddSingleton<AlarmPlanning>();
        services.AddSingleton<AlarmFiring>();
        services.AddSingleton<IJobHandler, AlarmCleanUp>();
        services.AddSingleton<IJobHandler, AlarmMail>();
        services.AddHostedService<AlarmClock>();
        services.AddSingleton<IAccountExport, CalendarExport>();
        services.AddSingleton<IAccountListener, CalendarAccounts>();
        services.AddSingleton<IBlobReferences, CalendarBlobs>();
        services.AddSingleton<IIndexSource, CalendarIndexSource>();
        services.AddSingleton<IJobHandler, OccurrenceIndexing>();
        services.AddSingleton<IPrincipalCapability, CalendarPrincipal>();
        services.AddSingleton<IJmapMethods, CalendarJmapMethods>();
        services.AddSingleton<CalendarHomes>();
        services.AddSingleton<FreeBusyPost>();
        services.AddSingleton<AttachmentPost>();
        services.AddSingleton<IDavModule, CalDavModule>();
    }

    /// <inheritdoc/>
    public void Listen(KestrelServerOptions kestrel, BastideSettings settings)
    {
    }

    /// <inheritdoc/>
    public void Map(WebApplication app)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/s/{token}.ics", reading, (HttpContext context, string token) => app.Services.GetRequiredService<PublishedCalendar>().Handle(context, token)).AllowAnonymous();
        app.MapMethods("/s/{token}/{name}", reading, (HttpContext context, string token, string name) => app.Services.GetRequiredService<AttachmentDownload>().Handle(context, token, name)).AllowAnonymous();
        BookingApi.Map(app, app.Services.GetRequiredService<BookingApi>);
        app.MapMethods("/s/{token}", reading, (HttpContext context, string token) => app.Services.GetRequiredService<PublishedPage>().Handle(context, token)).AllowAnonymous();
    }
}
