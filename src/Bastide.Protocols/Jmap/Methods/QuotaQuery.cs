using System.Text.Json.Nodes;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Quota/query</c>. RFC 9425 §4.3.</summary>
sealed class QuotaQuery(Database database)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        CheckSort(request.Sort);
        var (quota, state) = await QuotaFigures.Load(database, call);
        // Read even where there is nothing to match, so that a bad filter is refused whatever the account has.
        var matches = request.Filter is null || Matches(quota ?? [], request.Filter);
        string[] all = quota is not null && matches ? [QuotaFigures.Id] : [];
        var (position, ids) = request.Window(all);
        return QueryAnswer.Make(call, request, state, canCalculateChanges: false, position, ids, all.Length);
    }

    /// <summary>Refuses what quotas cannot be sorted by.</summary>
    public static void CheckSort(IReadOnlyList<JmapComparator> sort)
    {
        if (sort.FirstOrDefault(s => s.Property is not ("name" or "used")) is { } unknown)
            throw new JmapException("unsupportedSort", $"Quotas cannot be sorted by {unknown.Property}: name and used are what they have.");
    }

    static bool Matches(JsonObject quota, JmapFilter filter) => filter switch
    {
        JmapFilter.Group { Operator: "AND" } and => and.Conditions.All(c => Matches(quota, c)),
        JmapFilter.Group { Operator: "OR" } or => or.Conditions.Any(c => Matches(quota, c)),
        JmapFilter.Group not => !not.Conditions.Any(c => Matches(quota, c)),
        JmapFilter.Condition condition => condition.Properties.All(p => Matches(quota, p.Key, condition.Properties)),
        _ => false,
    };

    static bool Matches(JsonObject quota, string property, JsonObject condition) => property switch
    {
        "name" => condition.Text("name") is var name && JmapJson.Text(quota["name"])?.Contains(name, StringComparison.OrdinalIgnoreCase) == true,
        "scope" or "resourceType" => JmapJson.Text(quota[property]) == condition.Text(property),
        "type" => condition.Text("type") is var type && quota["types"] is JsonArray types && types.Any(t => (string)t! == type),
        _ => throw new JmapException("unsupportedFilter", $"Quotas cannot be filtered by {property}."),
    };
}
