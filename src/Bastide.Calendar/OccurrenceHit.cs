using NodaTime;

namespace Bastide.Calendar;

/// <summary>An occurrence that touches a time that was asked for.</summary>
/// <param name="ObjectId">The object it is of.</param>
/// <param name="CalendarId">The calendar that is in.</param>
/// <param name="RecurrenceId">Which of a series, as in <c>recurrenceOverrides</c>; empty for what does not recur.</param>
/// <param name="Begin">When it begins, for the asker.</param>
/// <param name="End">When it ends.</param>
/// <param name="Busy">What it makes of the time.</param>
public readonly record struct OccurrenceHit(long ObjectId, long CalendarId, string RecurrenceId, Instant Begin, Instant End, BusyKind Busy);
