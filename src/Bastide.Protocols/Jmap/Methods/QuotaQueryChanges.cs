using System.Text.Json.Nodes;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Quota/queryChanges</c>. RFC 9425 §4.4.</summary>
sealed class QuotaQueryChanges(Database database)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var since = call.Arguments.Text("sinceQueryState");
        JmapFilter.Parse(call.Arguments["filter"]);
        QuotaQuery.CheckSort(JmapComparator.Parse(call.Arguments["sort"]));
        var (_, state) = await QuotaFigures.Load(database, call);
        return since == state ? QueryChangesAnswer.Make(call, since, state, null, [], []) : throw ChangesRequest.CannotCalculate();
    }
}
