namespace Bastide.Calendar.Booking;

/// <summary>A mail that is to be written of a booking.</summary>
/// <param name="Booking">Its number.</param>
/// <param name="Change">What happened.</param>
/// <param name="IsForHost">Whether the page's owner is told, and not the guest.</param>
/// <param name="Title">What was booked.</param>
/// <param name="Location">Where it takes place, or null.</param>
/// <param name="BeginAt">When it begins, in seconds since 1970.</param>
/// <param name="EndAt">When it ends.</param>
/// <param name="Details">What the guest wrote, for who is told of a new one; or null.</param>
/// <param name="Method">The method of the message for programs, or null.</param>
/// <param name="Text">That message.</param>
sealed record BookingMailPayload(long Booking, BookingChange Change, bool IsForHost, string Title, string? Location, long BeginAt, long EndAt, string? Details, string? Method, string? Text);
