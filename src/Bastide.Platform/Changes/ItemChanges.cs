namespace Bastide.Platform.Changes;

/// <summary>The answer to "what changed since": each item at most once, in one of the three lists (RFC 8620 §5.2).</summary>
/// <param name="Old">The position asked from.</param>
/// <param name="New">The position this answer brings the reader to.</param>
/// <param name="HasMore">Whether to ask again from <paramref name="New"/>.</param>
/// <param name="Created">Items that came.</param>
/// <param name="Updated">Items that changed.</param>
/// <param name="Destroyed">Items that went.</param>
public sealed record ItemChanges(Sequence Old, Sequence New, bool HasMore, IReadOnlyList<long> Created, IReadOnlyList<long> Updated, IReadOnlyList<long> Destroyed);
