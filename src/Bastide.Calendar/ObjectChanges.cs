using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>What changed in a calendar since a position (RFC 6578).</summary>
/// <param name="New">The position this brings the reader to.</param>
/// <param name="HasMore">Whether to ask again from there.</param>
/// <param name="Changed">What came or changed.</param>
/// <param name="Removed">The names of what went.</param>
public sealed record ObjectChanges(Sequence New, bool HasMore, IReadOnlyList<StoredObject> Changed, IReadOnlyList<string> Removed);
