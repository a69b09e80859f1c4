using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>The answer to an <see cref="EmailQuery"/> (RFC 8620 §5.5).</summary>
/// <param name="State">The state it is of.</param>
/// <param name="CanCalculateChanges">Whether <see cref="MessageQuery.Changes"/> can tell what changes in it.</param>
/// <param name="Position">The index of the first id.</param>
/// <param name="Ids">The messages.</param>
/// <param name="Total">How many there are in all, when it was asked.</param>
public sealed record EmailQueryResult(Sequence State, bool CanCalculateChanges, long Position, IReadOnlyList<long> Ids, long? Total)
{
    /// <summary>Why there is no answer.</summary>
    public QueryFailure Failure { get; init; }

    /// <summary>A sentence on the failure.</summary>
    public string? Description { get; init; }
}
