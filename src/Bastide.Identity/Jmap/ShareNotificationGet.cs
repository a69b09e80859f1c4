using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>ShareNotification/get</c>. RFC 9670 §3.1.</summary>
sealed class ShareNotificationGet(ShareNotifications notifications)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, ShareNotificationProperties.All.Names);
        var ids = new RequestedIds(ShareNotificationProperties.Id, request.Ids);
        var (all, state) = await notifications.All(call.Caller, call.Cancellation);
        var found = ids.Numbers is { } numbers ? [.. numbers.Select(id => all.Find(note => note.Id == id)).OfType<ShareNotification>()] : all;
        ids.CheckCount(found.Count, call);
        return ShareNotificationProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(note => note.Id)));
    }
}
