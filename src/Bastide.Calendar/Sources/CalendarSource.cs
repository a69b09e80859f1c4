namespace Bastide.Calendar.Sources;

/// <summary>Where the contents of a calendar come from, and how that goes.</summary>
/// <param name="Address">The address.</param>
/// <param name="RefreshedAt">When it was read last; null before the first time.</param>
/// <param name="Error">Why it could not be read last; null where it could.</param>
public sealed record CalendarSource(string Address, DateTimeOffset? RefreshedAt, SourceError? Error);
