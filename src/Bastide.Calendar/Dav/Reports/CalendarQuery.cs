using System.Xml.Linq;
using Bastide.Protocols.Dav;
using NodaTime;

namespace Bastide.Calendar.Dav.Reports;

/// <summary>
/// <c>CALDAV:calendar-query</c>: the objects that fulfil a filter. RFC 4791 §7.8. Times are answered from the index of
/// occurrences; texts are read where the filter asks for more, a page at a time.
/// </summary>
static class CalendarQuery
{
    const int Page = 100;

    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        var filter = FilterReader.Read(body);
        var wanted = call.Wanted(body);
        var calendar = node as CalendarCollection ?? ((CalendarResource)node).Parent;
        var zone = QueryZone.Of(body, calendar.Calendar);
        using var answer = new ObjectAnswer(call, wanted, zone);
        if (node is CalendarResource resource) await WriteMatching(call, answer, filter, zone, await calendar.Find(call, [resource.Stored.Id], withText: true));
        // Interop: without a Depth the calendar itself would be meant, which no client means.
        else if (call.Http.Request.Headers["Depth"].ToString().Trim() != "0") await WriteAll(call, answer, calendar, filter, zone);
        await answer.End();
    }

    static async ValueTask WriteAll(DavCall call, ObjectAnswer answer, CalendarCollection calendar, ComponentFilter filter, DateTimeZone zone)
    {
        var kind = filter.Properties.Count == 0 ? filter.Kind : null;
        var only = kind is null ? null : filter.Components[0];
        if (only is { Range: { IsClosed: true } range } && kind is CalendarKinds.Event or CalendarKinds.Journal
            && await calendar.Objects.InWindow(call.Caller, calendar.Home!.Account, calendar.Calendar.Id, range.From, range.To, zone, call.Cancellation) is { } hits)
        {
            foreach (var ids in hits.Select(hit => hit.ObjectId).Distinct().Order().Chunk(Page))
            {
                var objects = (await calendar.Find(call, ids, answer.NeedsText || !only.IsPlain)).Where(one => one.Stored.Kind == kind).ToList();
                if (only.IsPlain) await answer.Write(objects);
                else await WriteMatching(call, answer, filter, zone, objects);
            }

            return;
        }

        var isKindAlone = only is { IsPlain: true, Range: null };
        for (var after = 0L; ;)
        {
            var members = await calendar.Objects.Members(call.Caller, calendar.Home!.Account, calendar.Calendar.Id, after, Page, answer.NeedsText || !isKindAlone, call.Cancellation);
            if (members.Count == 0) return;
            after = members[^1].Id;
            var objects = members.Where(one => kind is null || one.Kind == kind).Select(one => new CalendarResource(calendar, one)).ToList();
            if (isKindAlone) await answer.Write(objects);
            else await WriteMatching(call, answer, filter, zone, objects);
        }
    }

    static ValueTask WriteMatching(DavCall call, ObjectAnswer answer, ComponentFilter filter, DateTimeZone zone, IReadOnlyList<CalendarResource> objects) =>
        answer.Write([.. objects.Where(one => one.Stored.Text is { } text && ObjectMatcher.Matches(text, filter, zone, call.Cancellation))]);
}
