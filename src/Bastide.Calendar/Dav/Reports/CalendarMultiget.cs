using System.Xml.Linq;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav.Reports;

/// <summary><c>CALDAV:calendar-multiget</c>: the objects of some addresses. RFC 4791 §7.9.</summary>
static class CalendarMultiget
{
    const int Page = 100;

    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        var hrefs = body.Elements(DavNames.Href).Select(href => href.Value.Trim()).Distinct(StringComparer.Ordinal).ToList();
        if (hrefs.Count == 0) throw new DavException(DavError.BadRequest("calendar-multiget names addresses."));
        var wanted = call.Wanted(body);
        using var answer = new ObjectAnswer(call, wanted, QueryZone.Of(body, (node as CalendarCollection ?? (node as CalendarResource)?.Parent)?.Calendar));
        var asked = hrefs.Select(href => (Href: href, Path: call.Resolve(href))).ToList();
        foreach (var calendar in asked.Where(one => IsBelow(one.Path, node)).GroupBy(one => one.Path!.Parent!))
        {
            var collection = node as CalendarCollection ?? (node as CalendarResource)?.Parent ?? await call.Find(calendar.Key, DavWanted.None) as CalendarCollection;
            foreach (var some in calendar.Chunk(Page))
            {
                var found = collection is null ? [] : await collection.Find(call, [.. some.Select(one => one.Path!.Name)], wanted);
                await answer.Write([.. found.Cast<CalendarResource>()]);
                var names = found.Select(one => one.Path.Name).ToHashSet(StringComparer.Ordinal);
                foreach (var missing in some.Where(one => !names.Contains(one.Path!.Name))) await answer.NotFound(missing.Href);
            }
        }

        foreach (var (href, _) in asked.Where(one => !IsBelow(one.Path, node))) await answer.NotFound(href);
        await answer.End();
    }

    static bool IsBelow(DavPath? path, DavNode node) => path is not null && node switch
    {
        CalendarCollection => path.Parent is { } parent && parent.Equals(node.Path),
        CalendarHome => path.Parent?.Parent is { } home && home.Equals(node.Path),
        _ => path.Equals(node.Path),
    };
}
