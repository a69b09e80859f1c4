using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEventNotification/changes</c>.</summary>
sealed class EventNotificationChanges(EventNotifications notifications)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        return ChangesAnswer.From(call, await notifications.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation), EventNotificationProperties.Id.Write);
    }
}
