using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>A booking as its guest sees it.</summary>
/// <param name="Offer">The page it was made on; the page may not be open any more.</param>
/// <param name="IsOpen">Whether it may be moved.</param>
/// <param name="GuestName">Who booked.</param>
/// <param name="Times">When it takes place; null where it was cancelled.</param>
/// <param name="TimeZone">The zone the guest's clocks are in.</param>
public sealed record BookingView(BookingOffer Offer, bool IsOpen, string GuestName, (Instant Start, Instant End)? Times, string TimeZone)
{
    /// <summary>The event for the guest's own calendar: the octets of an iCalendar file.</summary>
    public ReadOnlyMemory<byte>? File { get; init; }
}
