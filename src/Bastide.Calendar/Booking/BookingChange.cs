namespace Bastide.Calendar.Booking;

/// <summary>What a guest did.</summary>
enum BookingChange
{
    /// <summary>Booked.</summary>
    Booked,

    /// <summary>Chose another time.</summary>
    Moved,

    /// <summary>Cancelled.</summary>
    Cancelled,
}
