using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>Calendar/get</c>.</summary>
sealed class CalendarGet(Calendars calendars)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var properties = CalendarProperties.For(call);
        var request = GetRequest.Parse(call, properties.Names);
        var ids = new RequestedIds(CalendarIds.Calendar, request.Ids);
        var (found, state) = await calendars.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        ids.CheckCount(found.Count, call);
        return properties.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(c => c.Id)));
    }
}
