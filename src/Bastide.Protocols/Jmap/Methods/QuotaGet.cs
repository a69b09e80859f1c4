using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Quota/get</c>. RFC 9425 §4.1.</summary>
sealed class QuotaGet(QuotaFigures figures)
{
    static readonly HashSet<string> Properties = ["id", "resourceType", "used", "hardLimit", "scope", "name", "types", "warnLimit", "softLimit", "description"];

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties);
        var now = await figures.Load(call);
        var list = now.Quota is not null && request.Ids?.Contains(QuotaState.Id) != false
            ? new[] { new JsonObject(now.Quota.Where(p => request.Wants(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))) }
            : [];
        return GetAnswer.Make(call, now.State.ToString(), list, request.Ids?.Except(now.Ids) ?? []);
    }
}
