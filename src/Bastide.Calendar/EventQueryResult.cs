using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>The answer to an <see cref="EventQuery"/>.</summary>
/// <param name="State">The state it is of.</param>
/// <param name="Refs">All that fulfil it, in order; null when they cannot be told.</param>
/// <param name="CanCalculateChanges">Whether <see cref="EventFinder.Changes"/> can tell what changes in it.</param>
public sealed record EventQueryResult(Sequence State, IReadOnlyList<EventRef>? Refs, bool CanCalculateChanges);
