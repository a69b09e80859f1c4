namespace Bastide.Calendar.Links;

/// <summary>A link to be made.</summary>
/// <param name="CalendarId">The calendar to publish.</param>
/// <param name="Detail">How much is told.</param>
/// <param name="Name">What its maker calls it, or null.</param>
public sealed record LinkCreate(long CalendarId, LinkDetail Detail, string? Name);
