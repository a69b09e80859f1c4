using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>ShareNotification/set</c>, which only destroys. RFC 9670 §3.3.</summary>
sealed class ShareNotificationSet(ShareNotifications notifications)
{
    static readonly SetError Forbidden = new("forbidden", "The server makes them; they are only put away.");

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        foreach (var (creationId, _) in request.Create) answer.NotCreated(creationId, Forbidden);
        foreach (var (id, _) in request.Update) answer.NotUpdated(id, Forbidden);
        var destroys = request.Destroys(ShareNotificationProperties.Id, answer);
        var (gone, before, after) = await notifications.Dismiss(call.Caller, destroys, request.IfInState, call.Cancellation) ?? throw SetRequest.StateMismatch();
        foreach (var id in destroys)
        {
            if (gone.Contains(id)) answer.Destroyed(ShareNotificationProperties.Id.Write(id));
            else answer.NotDestroyed(ShareNotificationProperties.Id.Write(id), SetError.NotFound);
        }

        return answer.ToJson(before.ToString(), after.ToString());
    }
}
