using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>A filter of a <c>/query</c>: an operator over filters, or a condition of the type (RFC 8620 §5.5).</summary>
public abstract record JmapFilter
{
    const int MostConditions = 200;
    const int Deepest = 20;

    /// <summary>AND, OR, or NOT (none of them).</summary>
    public sealed record Group(string Operator, IReadOnlyList<JmapFilter> Conditions) : JmapFilter;

    /// <summary>A condition, whose properties the type knows.</summary>
    public sealed record Condition(JsonObject Properties) : JmapFilter;

    /// <summary>Reads a filter; null stays null. Too many or too deep is <c>unsupportedFilter</c>.</summary>
    public static JmapFilter? Parse(JsonNode? node)
    {
        var left = MostConditions;
        return node is null ? null : Parse(node, 0, ref left);
    }

    static JmapFilter Parse(JsonNode? node, int depth, ref int left)
    {
        if (node is not JsonObject filter) throw JmapException.InvalidArguments("A filter is an object.");
        if (depth > Deepest || --left < 0) throw new JmapException("unsupportedFilter", $"A filter has at most {MostConditions} conditions, {Deepest} deep.");
        if (!filter.ContainsKey("operator")) return new Condition(filter);
        var name = filter.Text("operator");
        if (name is not ("AND" or "OR" or "NOT")) throw JmapException.InvalidArguments("operator is AND, OR or NOT.");
        if (filter["conditions"] is not JsonArray conditions) throw JmapException.InvalidArguments("conditions is a list of filters.");
        var parsed = new List<JmapFilter>();
        foreach (var condition in conditions) parsed.Add(Parse(condition, depth + 1, ref left));
        return new Group(name, parsed);
    }
}
