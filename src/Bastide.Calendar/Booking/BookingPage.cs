namespace Bastide.Calendar.Booking;

/// <summary>A page on which others book a time of somebody's, without an account.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Settings">What its owner says of it.</param>
/// <param name="Url">Its address; null where it cannot be told any more, because the keys it was sealed with are gone.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record BookingPage(long Id, BookingSettings Settings, Uri? Url, DateTimeOffset CreatedAt);
