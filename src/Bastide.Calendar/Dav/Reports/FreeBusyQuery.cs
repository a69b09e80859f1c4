using System.Globalization;
using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Dav.Reports;

/// <summary><c>CALDAV:free-busy-query</c>: when a calendar says that its owner is busy. RFC 4791 §7.10.</summary>
static class FreeBusyQuery
{
    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        if (body.Element(CalDavNames.Of("time-range")) is not { } element) throw new DavException(DavError.BadRequest("free-busy-query has a time-range."));
        var range = TimeRange.Read(element, needsBoth: true);
        var calendar = (CalendarCollection)node;
        var zone = QueryZone.Of(body, calendar.Calendar);
        if (await calendar.Objects.Busy(call.Caller, calendar.Home!.Account, calendar.Calendar.Id, range.From, range.To, zone, call.Cancellation) is not { } hits
            || await calendar.Objects.Unavailable(call.Caller, calendar.Home.Account, calendar.Calendar.Id, range.From, range.To, zone, call.Cancellation) is not { } away)
        {
            await call.Answer(DavError.Violated(DavNames.Of("number-of-matches-within-limits"), "Something recurs too often to be told for so long."));
            return;
        }

        var busy = new ICalComponent("VFREEBUSY", new ICalProperty("UID", Guid.NewGuid().ToString()), new ICalProperty("DTSTAMP", Utc(SystemClock.Instance.GetCurrentInstant())), new ICalProperty("DTSTART", Utc(range.From)), new ICalProperty("DTEND", Utc(range.To)));
        Add(busy, range, hits.Where(hit => hit.Busy == BusyKind.Busy), "BUSY");
        Add(busy, range, hits.Where(hit => hit.Busy == BusyKind.Tentative), "BUSY-TENTATIVE");
        foreach (var (begin, end, type) in away) busy.Add(new ICalProperty("FREEBUSY", $"{Utc(begin)}/{Utc(end)}", new ICalParameter("FBTYPE", type)));
        var text = ICalWriter.Write(new ICalComponent("VCALENDAR", new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", CalendarObjects.Product), busy));
        call.Http.Response.ContentType = "text/calendar; charset=utf-8";
        call.Http.Response.ContentLength = text.Length;
        await call.Http.Response.Body.WriteAsync(text, call.Cancellation);
    }

    /// <summary>Adds the times, those that touch one another as one.</summary>
    static void Add(ICalComponent busy, TimeRange range, IEnumerable<OccurrenceHit> hits, string type)
    {
        (Instant Begin, Instant End)? open = null;
        foreach (var hit in hits.Where(hit => hit.End > hit.Begin).OrderBy(hit => hit.Begin))
        {
            var (begin, end) = (Instant.Max(hit.Begin, range.From), Instant.Min(hit.End, range.To));
            if (open is { } known && begin <= known.End)
            {
                open = (known.Begin, Instant.Max(known.End, end));
                continue;
            }

            Close();
            open = (begin, end);
        }

        Close();

        void Close()
        {
            if (open is { } known) busy.Add(new ICalProperty("FREEBUSY", string.Create(CultureInfo.InvariantCulture, $"{Utc(known.Begin)}/{Utc(known.End)}"), new ICalParameter("FBTYPE", type)));
        }
    }

    static string Utc(Instant instant) => ICalTime.OfInstant(instant).Value;
}
