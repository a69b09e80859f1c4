using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary>
/// <c>Quota/changes</c>. RFC 9425 §4.2. It is known from any state on that is not older than the bound itself: since then
/// only <c>used</c> has changed, and <c>updatedProperties</c> says so.
/// </summary>
sealed class QuotaChanges(QuotaFigures figures)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var now = await figures.Load(call);
        now.CheckKnown(request.SinceState);
        var isUsedChanged = request.SinceState < now.State && now.Quota is not null;
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["oldState"] = request.SinceState.ToString(),
            ["newState"] = now.State.ToString(),
            ["hasMoreChanges"] = false,
            ["created"] = new JsonArray(),
            ["updated"] = isUsedChanged ? new JsonArray(QuotaState.Id) : [],
            ["destroyed"] = new JsonArray(),
            ["updatedProperties"] = isUsedChanged ? new JsonArray("used") : null,
        };
    }
}
