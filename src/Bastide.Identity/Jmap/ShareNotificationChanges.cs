using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>ShareNotification/changes</c>. RFC 9670 §3.2.</summary>
sealed class ShareNotificationChanges(ShareNotifications notifications)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        return ChangesAnswer.From(call, await notifications.Changes(call.Caller, request.SinceState, request.MaxChanges, call.Cancellation), ShareNotificationProperties.Id.Write);
    }
}
