using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>The cards that a query finds, all of them in order.</summary>
/// <param name="State">The state they are of.</param>
/// <param name="Ids">Their numbers.</param>
public sealed record CardQueryResult(Sequence State, IReadOnlyList<long> Ids)
{
    /// <summary>Why there is no answer, or null.</summary>
    public string? TooBroad { get; init; }

    /// <summary>Whether what changes in it can be told later (RFC 8620 §5.6): not where the search index was asked.</summary>
    public bool CanCalculateChanges { get; init; }
}
