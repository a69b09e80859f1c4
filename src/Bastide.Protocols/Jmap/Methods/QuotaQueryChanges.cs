using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Quota/queryChanges</c>. RFC 9425 §4.4. No query asks for <c>used</c>: while the bound stands, no answer changes.</summary>
sealed class QuotaQueryChanges(QuotaFigures figures)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryChangesRequest.Parse(call);
        var now = await figures.Load(call);
        var all = QuotaQuery.Find(now, request.Filter, request.Sort);
        now.CheckKnown(request.SinceQueryState);
        return QueryChangesAnswer.Make(call, request.SinceQueryState.ToString(), now.State.ToString(), request.CalculateTotal ? all.Count : null, [], []);
    }
}
