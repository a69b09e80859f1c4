using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEventNotification/set</c>, which only destroys.</summary>
sealed class EventNotificationSet(EventNotifications notifications)
{
    static readonly SetError Forbidden = new("forbidden", "The server makes them; they are only put away.");

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        foreach (var (creationId, _) in request.Create) answer.NotCreated(creationId, Forbidden);
        foreach (var (id, _) in request.Update) answer.NotUpdated(id, Forbidden);
        var destroys = request.Destroys(EventNotificationProperties.Id, answer);
        var (gone, before, after) = await notifications.Dismiss(call.Caller, call.Account, destroys, request.IfInState, call.Cancellation) ?? throw SetRequest.StateMismatch();
        foreach (var id in destroys)
        {
            if (gone.Contains(id)) answer.Destroyed(EventNotificationProperties.Id.Write(id));
            else answer.NotDestroyed(EventNotificationProperties.Id.Write(id), SetError.NotFound);
        }

        return answer.ToJson(before.ToString(), after.ToString());
    }
}
