using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>One of BYDAY: a day of the week, or its nth of the month or year.</summary>
/// <param name="Ordinal">Which, from the end when negative; 0 for each.</param>
/// <param name="Day">The day of the week.</param>
public readonly record struct RecurrenceDay(int Ordinal, IsoDayOfWeek Day);
