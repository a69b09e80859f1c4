using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>The arguments of a <c>/queryChanges</c> (RFC 8620 §5.6).</summary>
/// <param name="Filter">As in the query.</param>
/// <param name="Sort">As in the query.</param>
/// <param name="SinceQueryState">The state the client has.</param>
/// <param name="MaxChanges">The most changes it wants, or null.</param>
/// <param name="UpToId">The last id it has, or null.</param>
/// <param name="CalculateTotal">Whether the total is wanted.</param>
public sealed record QueryChangesRequest(
    JmapFilter? Filter, IReadOnlyList<JmapComparator> Sort, Sequence SinceQueryState, int? MaxChanges, string? UpToId, bool CalculateTotal)
{
    /// <summary>Reads them. A state that no server ever gave is <c>cannotCalculateChanges</c>.</summary>
    public static QueryChangesRequest Parse(JmapCall call)
    {
        var max = call.Arguments.UnsignedOrNull("maxChanges");
        return new QueryChangesRequest(
            JmapFilter.Parse(call.Arguments["filter"]),
            JmapComparator.Parse(call.Arguments["sort"]),
            Sequence.TryParse(call.Arguments.Text("sinceQueryState"), null, out var state) ? state : throw ChangesRequest.CannotCalculate(),
            max is null ? null : (int)Math.Min(max.Value, int.MaxValue),
            call.Arguments.TextOrNull("upToId"),
            call.Arguments.Flag("calculateTotal"));
    }
}
