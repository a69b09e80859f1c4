using System.Text.Json.Nodes;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Quota/get</c>. RFC 9425 §4.1.</summary>
sealed class QuotaGet(Database database)
{
    static readonly HashSet<string> Properties = ["id", "resourceType", "used", "hardLimit", "scope", "name", "types", "warnLimit", "softLimit", "description"];

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties);
        var (quota, state) = await QuotaFigures.Load(database, call);
        var list = quota is not null && request.Ids?.Contains(QuotaFigures.Id) != false
            ? new[] { new JsonObject(quota.Where(p => request.Wants(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))) }
            : [];
        return GetAnswer.Make(call, state, list, request.Ids?.Where(id => quota is null || id != QuotaFigures.Id) ?? []);
    }
}
