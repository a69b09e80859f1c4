using NodaTime;

namespace Bastide.Calendar;

/// <summary>A question for events.</summary>
public sealed record EventQuery
{
    /// <summary>Which, or null for all.</summary>
    public EventFilter? Filter { get; init; }

    /// <summary>In which order, the first first.</summary>
    public IReadOnlyList<(EventSortProperty Property, bool IsAscending)> Sort { get; init; } = [];

    /// <summary>Whether every occurrence is told by itself; the filter is then one condition with both ends of a time.</summary>
    public bool ExpandRecurrences { get; init; }

    /// <summary>The zone of the asker.</summary>
    public DateTimeZone TimeZone { get; init; } = DateTimeZone.Utc;
}
