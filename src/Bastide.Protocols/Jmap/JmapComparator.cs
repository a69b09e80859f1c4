using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>One sort criterion of a <c>/query</c> (RFC 8620 §5.5).</summary>
/// <param name="Property">The property to sort by.</param>
/// <param name="IsAscending">Smallest first.</param>
/// <param name="Collation">The collation asked for, one of the advertised ones, or null.</param>
/// <param name="Extra">The whole object, for properties of the type (<c>keyword</c>).</param>
public sealed record JmapComparator(string Property, bool IsAscending, string? Collation, JsonObject Extra)
{
    const int Most = 10;

    /// <summary>Reads the list; a collation that is not advertised is <c>unsupportedSort</c>.</summary>
    public static IReadOnlyList<JmapComparator> Parse(JsonNode? node)
    {
        if (node is null) return [];
        if (node is not JsonArray array) throw JmapException.InvalidArguments("sort is a list of comparators.");
        if (array.Count > Most) throw new JmapException("unsupportedSort", $"At most {Most} comparators.");
        return [.. array.Select(item =>
        {
            var comparator = item as JsonObject ?? throw JmapException.InvalidArguments("A comparator is an object.");
            var collation = comparator.TextOrNull("collation");
            if (collation is not (null or "i;ascii-casemap" or "i;unicode-casemap")) throw new JmapException("unsupportedSort", $"The collation {collation} is not one of the session's.");
            return new JmapComparator(comparator.Text("property"), comparator.Flag("isAscending", otherwise: true), collation, comparator);
        })];
    }
}
