using System.Globalization;
using Bastide.Abstractions.Identity;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Bastide.Calendar.Dav.Verbs;

/// <summary><c>POST</c> to the scheduling outbox: when others are free. RFC 6638 §5.</summary>
sealed class FreeBusyPost(Availability availability, IDirectory directory)
{
    const int MostAttendees = 200;
    static readonly (BusyStatus Status, string Name)[] Types = [(BusyStatus.Confirmed, "BUSY"), (BusyStatus.Unavailable, "BUSY-UNAVAILABLE"), (BusyStatus.Tentative, "BUSY-TENTATIVE")];

    public async ValueTask Handle(DavCall call)
    {
        if (await call.Target() is not ScheduleOutbox outbox || outbox.Home!.Account != call.Caller.Person)
        {
            await call.Answer(DavError.Forbidden);
            return;
        }

        var upload = new DavUpload(call.Http.Request.Body, call.Http.Request.ContentType, call.Http.Request.ContentLength);
        if (await upload.ReadAll(CalendarObjects.MostOctets, call.Cancellation) is not { } text)
        {
            await call.Answer(DavError.Violated(CalDavNames.Of("max-resource-size")));
            return;
        }

        if (Read(text.Span, out var refused) is not { } asked)
        {
            await call.Answer(refused!);
            return;
        }

        var entry = await directory.Find(outbox.Home.Account, call.Cancellation);
        if (CalendarAddress.MailOf(asked.Organizer) is not { } organizer || (await directory.Find(organizer, call.Cancellation))?.Account != entry?.Account)
        {
            await call.Answer(DavError.Violated(CalDavNames.Of("organizer-allowed"), "ORGANIZER is the owner of the outbox."));
            return;
        }

        var answers = new List<(string Attendee, string Status, byte[]? Busy)>();
        // One query for each who is asked for: they are people of one meeting.
        foreach (var attendee in asked.Attendees) answers.Add(await Answer(call, asked, attendee));
        await call.AnswerXml(StatusCodes.Status200OK, CalDavNames.Of("schedule-response"), xml =>
        {
            foreach (var (attendee, status, busy) in answers)
            {
                xml.Start(CalDavNames.Of("response"));
                xml.Start(CalDavNames.Of("recipient"));
                xml.Href(attendee);
                xml.End();
                xml.Element(CalDavNames.Of("request-status"), status);
                if (busy is not null)
                {
                    xml.Start(CalDavNames.CalendarData);
                    xml.Text(busy);
                    xml.End();
                }

                xml.End();
            }
        });
    }

    static Question? Read(ReadOnlySpan<byte> text, out DavError? refused)
    {
        refused = null;
        try
        {
            var message = ITipMessage.Read(text, "", "");
            var component = message.Object.Components.First();
            if (message.Method == ITipMethod.Request && message.Object.Kind == "VFREEBUSY" && Instants(component) is var (from, to) && to - from <= Duration.FromDays(Availability.MostDays) && component.PropertiesOf("ATTENDEE").Count() <= MostAttendees)
                return new Question(message.Object, message.Object.Organizer()!, [.. message.Object.Attendees()], from, to);
            refused = DavError.Violated(CalDavNames.Of("valid-scheduling-message"), $"It is a VFREEBUSY of METHOD:REQUEST with ORGANIZER, at most {MostAttendees} ATTENDEEs, DTSTART and DTEND at most {Availability.MostDays} days apart.");
        }
        catch (ICalFormatException exception)
        {
            refused = DavError.Violated(CalDavNames.Of("valid-calendar-data"), exception.Message);
        }

        return null;
    }

    static (Instant From, Instant To)? Instants(ICalComponent component) =>
        ICalTime.Of(component.Property("DTSTART")) is { Kind: ICalTimeKind.Utc } from && ICalTime.Of(component.Property("DTEND")) is { Kind: ICalTimeKind.Utc } to && to.Local > from.Local
            ? (from.Local.InUtc().ToInstant(), to.Local.InUtc().ToInstant())
            : null;

    async ValueTask<(string Attendee, string Status, byte[]? Busy)> Answer(DavCall call, Question asked, string attendee)
    {
        if (CalendarAddress.MailOf(attendee) is not { } mail || await directory.Find(mail, call.Cancellation) is not { } entry) return (attendee, "3.7;Invalid calendar user", null);
        try
        {
            var periods = await availability.Of(call.Caller, entry.Account, asked.From, asked.To, withEvents: false, call.Cancellation);
            return periods is null ? (attendee, "3.8;No authority", null) : (attendee, "2.0;Success", Reply(asked, attendee, periods));
        }
        catch (ExpansionRefusedException)
        {
            return (attendee, "5.1;Something recurs too often to be told for so long", null);
        }
    }

    static byte[] Reply(Question asked, string attendee, IReadOnlyList<BusyPeriod> periods)
    {
        var about = asked.Object.Components.First();
        var busy = new ICalComponent("VFREEBUSY", about.Properties.Where(property => property.Name.ToUpperInvariant() is "UID" or "DTSTAMP" or "DTSTART" or "DTEND" or "ORGANIZER"));
        busy.Add(new ICalProperty("ATTENDEE", attendee));
        foreach (var (status, name) in Types)
            foreach (var period in periods.Where(period => period.Status == status))
                busy.Add(new ICalProperty("FREEBUSY", string.Create(CultureInfo.InvariantCulture, $"{ICalTime.OfInstant(period.Start).Value}/{ICalTime.OfInstant(period.End).Value}"), new ICalParameter("FBTYPE", name)));
        return ICalWriter.Write(new ICalComponent("VCALENDAR", new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", CalendarObjects.Product), new ICalProperty("METHOD", "REPLY"), busy));
    }

    sealed record Question(CalendarObject Object, string Organizer, IReadOnlyList<string> Attendees, Instant From, Instant To);
}
