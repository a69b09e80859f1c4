using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEventNotification/get</c>.</summary>
sealed class EventNotificationGet(EventNotifications notifications)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, EventNotificationProperties.All.Names);
        var ids = new RequestedIds(EventNotificationProperties.Id, request.Ids);
        var (all, state) = await notifications.All(call.Caller, call.Account, call.Cancellation);
        var known = all.ToDictionary(note => note.Id);
        var found = ids.Numbers is { } numbers ? [.. numbers.Select(known.GetValueOrDefault).OfType<EventNotification>()] : all;
        ids.CheckCount(found.Count, call);
        return EventNotificationProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(note => note.Id)));
    }
}
