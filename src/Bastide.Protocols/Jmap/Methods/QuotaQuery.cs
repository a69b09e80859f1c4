using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Quota/query</c>. RFC 9425 §4.3.</summary>
sealed class QuotaQuery(QuotaFigures figures)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var now = await figures.Load(call);
        var all = Find(now, request.Filter, request.Sort);
        var (position, ids) = request.Window(all);
        return QueryAnswer.Make(call, request, now.State.ToString(), canCalculateChanges: true, position, ids, all.Count);
    }

    /// <summary>
    /// The ids that match, in their order. What is not known is refused (<c>unsupportedFilter</c>, <c>unsupportedSort</c>)
    /// whether or not there is anything to find.
    /// </summary>
    public static IReadOnlyList<string> Find(QuotaState now, JmapFilter? filter, IReadOnlyList<JmapComparator> sort)
    {
        if (sort.FirstOrDefault(s => s.Property is not ("name" or "used")) is { } unknown)
            throw new JmapException("unsupportedSort", $"Quotas cannot be sorted by {unknown.Property}: name and used are what they have.");
        if (filter is not null) Check(filter);
        return filter is null || (now.Quota is not null && Matches(now.Quota, filter)) ? now.Ids : [];
    }

    static void Check(JmapFilter filter)
    {
        if (filter is JmapFilter.Group group)
        {
            foreach (var inner in group.Conditions) Check(inner);
            return;
        }

        foreach (var (property, _) in ((JmapFilter.Condition)filter).Properties)
            if (property is "name" or "scope" or "resourceType" or "type") ((JmapFilter.Condition)filter).Properties.Text(property);
            else throw new JmapException("unsupportedFilter", $"Quotas cannot be filtered by {property}.");
    }

    static bool Matches(JsonObject quota, JmapFilter filter) => filter switch
    {
        JmapFilter.Group { Operator: "AND" } and => and.Conditions.All(c => Matches(quota, c)),
        JmapFilter.Group { Operator: "OR" } or => or.Conditions.Any(c => Matches(quota, c)),
        JmapFilter.Group not => !not.Conditions.Any(c => Matches(quota, c)),
        JmapFilter.Condition condition => condition.Properties.All(p => Matches(quota, p.Key, condition.Properties.Text(p.Key))),
        _ => false,
    };

    static bool Matches(JsonObject quota, string property, string wanted) => property switch
    {
        "name" => JmapJson.Text(quota["name"])!.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        "type" => quota["types"]!.AsArray().Any(type => (string)type! == wanted),
        _ => JmapJson.Text(quota[property]) == wanted,
    };
}
