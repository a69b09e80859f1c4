using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap.Push;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>PushSubscription/get</c>: those of the credential that asks; addresses and keys are never given back. RFC 8620 §7.2.1.</summary>
sealed class PushSubscriptionGet(IPushSubscriptions subscriptions, Database database)
{
    static readonly HashSet<string> Properties = ["id", "deviceClientId", "verificationCode", "expires", "types", "url", "keys"];

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties);
        if (request.Properties?.FirstOrDefault(p => p is "url" or "keys") is { } secret)
            throw new JmapException("forbidden", $"{secret} is never given back.");
        var known = await database.Read(scope => subscriptions.Of(scope, call.Caller), call.Cancellation);
        var found = request.Ids is null ? known : [.. known.Where(s => request.Ids.Contains(PushSubscriptionId.Write(s.Id)))];
        return new JsonObject
        {
            ["list"] = new JsonArray([.. found.Select(s => View(s, request))]),
            ["notFound"] = new JsonArray([.. (request.Ids ?? []).Where(id => !found.Any(s => PushSubscriptionId.Write(s.Id) == id)).Select(id => (JsonNode)id)]),
        };
    }

    static JsonObject View(PushSubscription subscription, GetRequest request)
    {
        var view = new JsonObject { ["id"] = PushSubscriptionId.Write(subscription.Id) };
        if (request.Wants("deviceClientId")) view["deviceClientId"] = subscription.DeviceClientId;
        // What the device gave, not what it ought to give.
        if (request.Wants("verificationCode")) view["verificationCode"] = subscription.IsVerified ? subscription.VerificationCode : null;
        if (request.Wants("expires")) view["expires"] = PushSubscriptionDraft.Write(subscription.Expires);
        if (request.Wants("types")) view["types"] = subscription.Types is null ? null : new JsonArray([.. subscription.Types.Select(t => (JsonNode)t)]);
        return view;
    }
}
