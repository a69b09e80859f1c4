namespace Bastide.Calendar.Links;

/// <summary>An address at which a calendar is published, for whoever knows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CalendarId">The calendar.</param>
/// <param name="Url">The address; null where it cannot be told any more, because the keys it was sealed with are gone.</param>
/// <param name="Detail">How much is told.</param>
/// <param name="Name">What its maker calls it, or null.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record CalendarLink(long Id, long CalendarId, Uri? Url, LinkDetail Detail, string? Name, DateTimeOffset CreatedAt);
