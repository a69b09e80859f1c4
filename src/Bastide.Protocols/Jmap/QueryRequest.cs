namespace Bastide.Protocols.Jmap;

/// <summary>The arguments of a <c>/query</c> (RFC 8620 §5.5).</summary>
/// <param name="Filter">What to find, or null for everything.</param>
/// <param name="Sort">The order.</param>
/// <param name="Position">Where to begin; negative from the end.</param>
/// <param name="Anchor">The id to begin near instead, or null.</param>
/// <param name="AnchorOffset">How far from it.</param>
/// <param name="Limit">The most ids; the server's bound when more or none was asked for.</param>
/// <param name="IsLimited">Whether the server's bound is lower than what was asked for: then the answer says so.</param>
/// <param name="CalculateTotal">Whether the total is wanted.</param>
public sealed record QueryRequest(
    JmapFilter? Filter, IReadOnlyList<JmapComparator> Sort, long Position, string? Anchor, long AnchorOffset, int Limit, bool IsLimited, bool CalculateTotal)
{
    /// <summary>The most ids one answer holds.</summary>
    public const int MostIds = 5000;

    /// <summary>Reads them.</summary>
    public static QueryRequest Parse(JmapCall call)
    {
        var limit = call.Arguments.UnsignedOrNull("limit");
        return new QueryRequest(
            JmapFilter.Parse(call.Arguments["filter"]),
            JmapComparator.Parse(call.Arguments["sort"]),
            call.Arguments.IntOrNull("position") ?? 0,
            call.Arguments.TextOrNull("anchor") is { } anchor ? call.Created.Resolve(anchor) ?? anchor : null,
            call.Arguments.IntOrNull("anchorOffset") ?? 0,
            (int)Math.Min(limit ?? MostIds, MostIds),
            limit is null or > MostIds,
            call.Arguments.Flag("calculateTotal"));
    }

    /// <summary>
    /// The window of a whole ordered result that this request asks for: the position of its first id and the ids.
    /// Throws <c>anchorNotFound</c>.
    /// </summary>
    public (long Position, IReadOnlyList<string> Ids) Window(IReadOnlyList<string> all)
    {
        var position = Position;
        if (Anchor is not null)
        {
            var index = 0;
            while (index < all.Count && all[index] != Anchor) index++;
            if (index == all.Count) throw new JmapException("anchorNotFound", "The anchor is not among the results.");
            position = Math.Max(0, index + AnchorOffset);
        }
        else if (position < 0)
        {
            position = Math.Max(0, all.Count + position);
        }

        var from = (int)Math.Min(position, all.Count);
        return (position, [.. all.Skip(from).Take(Limit)]);
    }
}
