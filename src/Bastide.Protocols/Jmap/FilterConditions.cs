using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Filters of types that are few enough to be looked at one by one. RFC 8620 §5.5.</summary>
public static class FilterConditions
{
    /// <summary>Refuses a condition on what the type does not have (<c>unsupportedFilter</c>).</summary>
    public static void Check(JmapFilter? filter, params IReadOnlyCollection<string> known) => CheckTypes(filter, condition =>
    {
        foreach (var (name, _) in condition)
            if (!known.Contains(name))
                throw new JmapException("unsupportedFilter", $"There is no filter by {name}.");
    });

    /// <summary>Looks at every condition once, before any item is.</summary>
    public static void CheckTypes(JmapFilter? filter, Action<JsonObject> check)
    {
        switch (filter)
        {
            case JmapFilter.Condition condition:
                check(condition.Properties);
                break;
            case JmapFilter.Group group:
                foreach (var inner in group.Conditions) CheckTypes(inner, check);
                break;
        }
    }

    /// <summary>Whether an item fulfils the filter, given how it stands to one condition.</summary>
    public static bool Matches(JmapFilter? filter, Func<JsonObject, bool> matches) => filter switch
    {
        null => true,
        JmapFilter.Condition condition => matches(condition.Properties),
        JmapFilter.Group { Operator: "AND" } and => and.Conditions.All(c => Matches(c, matches)),
        JmapFilter.Group { Operator: "OR" } or => or.Conditions.Any(c => Matches(c, matches)),
        JmapFilter.Group none => !none.Conditions.Any(c => Matches(c, matches)),
        _ => throw new ArgumentException("A filter is a condition or a group.", nameof(filter)),
    };
}
