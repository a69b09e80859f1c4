using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>One instance of a component in time.</summary>
/// <param name="RecurrenceId">
/// Which of a series it is: the time the rule gives it, on the clock of the series' start, wherever it was moved. Null for what
/// does not recur.
/// </param>
/// <param name="Start">Its start as it is told.</param>
/// <param name="Begin">The moment it begins.</param>
/// <param name="End">The moment it ends; the same for what has no length.</param>
/// <param name="Component">The component that describes it: that of the series, or its own.</param>
/// <param name="IsOverride">Whether the component is its own.</param>
public sealed record Occurrence(LocalDateTime? RecurrenceId, ICalTime Start, Instant Begin, Instant End, ICalComponent Component, bool IsOverride)
{
    /// <summary>Whether it touches the time between two moments, the second not included.</summary>
    public bool Overlaps(Instant from, Instant to) => Begin == End ? Begin >= from && Begin < to : Begin < to && End > from;
}
