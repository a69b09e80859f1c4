using System.Text.Json.Nodes;
using Bastide.Calendar.Links;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarLink/get</c>: the addresses at which calendars are published; see docs/protocols/calendar.md.</summary>
sealed class CalendarLinkGet(CalendarLinks links)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, CalendarLinkProperties.All.Names);
        var ids = new RequestedIds(CalendarIds.Link, request.Ids);
        var (found, state) = await links.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        return CalendarLinkProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(link => link.Id)));
    }
}
