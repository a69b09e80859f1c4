using System.Globalization;
using System.Net.Mime;
using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Microsoft.AspNetCore.Http;

namespace Bastide.Calendar.Links;

/// <summary>
/// <c>GET /s/TOKEN.ics</c>: a published calendar as iCalendar, for whoever knows the token.
/// </summary>
sealed class PublishedCalendar(Database database, PublishedLinks links, TimeProvider time)
{
    const int PageSize = 200;
    const int MostObjects = 10_000;
    const long MostOctets = 20 << 20;

    static readonly TimeSpan Past = TimeSpan.FromDays(366);

    public async Task Handle(HttpContext context, string token)
    {
        using var opened = await links.Open(context, token);
        if (opened is null) return;
        var (link, calendar) = (opened.Link, opened.Calendar);
        var cancellation = context.RequestAborted;

        // What lies back so far goes out of it with the day.
        var day = time.GetUtcNow().ToUnixTimeSeconds() / 86_400;
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{link.Id}-{calendar.MembersSeq}-{calendar.ChangedSeq}-{day}\"");
        var headers = context.Response.Headers;
        headers.ETag = etag;
        headers.CacheControl = "private, max-age=300";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        if (!links.MayRead(context, etag)) return;
        context.Response.ContentType = "text/calendar; charset=utf-8";
        headers.ContentDisposition = new ContentDisposition { DispositionType = DispositionTypeNames.Attachment, FileName = "calendar.ics" }.ToString();
        if (!HttpMethods.IsHead(context.Request.Method)) await Write(context.Response, link, calendar, cancellation);
    }

    async Task Write(HttpResponse response, LinkRow link, CalendarRow calendar, CancellationToken cancellation)
    {
        var head = ICalWriter.WriteText(new ICalComponent(
            "VCALENDAR", new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", CalendarObjects.Product), new ICalProperty("NAME", ICalText.Escape(calendar.Name)),
            new ICalProperty("X-WR-CALNAME", ICalText.Escape(calendar.Name)), new ICalProperty("REFRESH-INTERVAL", "PT1H", new ICalParameter("VALUE", "DURATION")), new ICalProperty("X-PUBLISHED-TTL", "PT1H")));
        var end = head.LastIndexOf("END:", StringComparison.Ordinal);
        await response.WriteAsync(head[..end], cancellation);
        var zones = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var (octets, objects) = (0L, 0);
        for (var after = 0L; objects < MostObjects && octets < MostOctets;)
        {
            var (last, texts) = await database.Snapshot(scope => Page(scope, link, calendar.Id, after), cancellation);
            foreach (var text in texts)
            {
                var read = CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
                if (link.Detail == LinkDetail.FreeBusy && !read.Components.Any(PublicView.IsBusy)) continue;
                var told = read.Components.Select(component => link.Detail == LinkDetail.Full ? PublicView.Full(component) : PublicView.Busy(component, PublicView.UidAt(link.Id, read.Uid)));
                foreach (var component in read.Calendar.ComponentsOf("VTIMEZONE").Where(zone => zones.Add(zone.Text("TZID") ?? "")).Concat(told))
                {
                    var written = ICalWriter.WriteText(component);
                    octets += written.Length;
                    await response.WriteAsync(written, cancellation);
                }

                objects++;
            }

            if (last is not { } next) break;
            after = next;
        }

        await response.WriteAsync(head[end..], cancellation);
    }

    /// <summary>The texts of a page that may be told, and where the next begins; null for the last.</summary>
    async ValueTask<(long? Next, IReadOnlyCollection<byte[]> Texts)> Page(ReadScope scope, LinkRow link, long calendar, long after)
    {
        var since = (time.GetUtcNow() - Past).ToUnixTimeSeconds();
        var rows = await ObjectTable.Members(scope, calendar, after, PageSize);
        var told = rows.FindAll(row => !row.IsDraft && row.Kind != CalendarKinds.Availability && !(row.EndAt < since) && (link.Detail == LinkDetail.Full
            ? row.Privacy == EventPrivacy.Public
            : row.Privacy != EventPrivacy.Secret && row.Kind == CalendarKinds.Event));
        return (rows.Count < PageSize ? null : rows[^1].Id, (await ObjectTable.Texts(scope, told.ConvertAll(row => row.Id))).Values);
    }
}
