namespace Bastide.Calendar;

/// <summary>An event, or one instance of a series.</summary>
/// <param name="Id">The number of the event.</param>
/// <param name="Instance">The recurrence id of the instance, as in <c>recurrenceOverrides</c>; null for the event itself.</param>
public readonly record struct EventRef(long Id, string? Instance = null);
