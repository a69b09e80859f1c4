using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>What changed in the results of a query (RFC 8620 §5.6).</summary>
/// <param name="New">The state this brings the reader to.</param>
/// <param name="Total">How many results there are.</param>
/// <param name="Removed">Cards that may have been in the results and are not, or are elsewhere in them.</param>
/// <param name="Added">Cards that are in the results now, and where.</param>
public sealed record CardQueryChanges(Sequence New, long Total, IReadOnlyList<long> Removed, IReadOnlyList<(long Id, long Index)> Added);
