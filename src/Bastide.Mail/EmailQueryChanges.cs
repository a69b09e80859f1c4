using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>What changed in the results of a query (RFC 8620 §5.6): take out the removed, then put in the added by index.</summary>
/// <param name="Old">The state asked from.</param>
/// <param name="New">The state this brings to.</param>
/// <param name="Total">How many results there are now, when it was asked.</param>
/// <param name="Removed">What may have been in the old results and is not where it was.</param>
/// <param name="Added">What is to be put in, in the order of the indexes.</param>
public sealed record EmailQueryChanges(Sequence Old, Sequence New, long? Total, IReadOnlyList<long> Removed, IReadOnlyList<(long Id, long Index)> Added)
{
    /// <summary>Whether there are more changes than were wanted; then nothing else is filled in.</summary>
    public bool TooMany { get; init; }
}
