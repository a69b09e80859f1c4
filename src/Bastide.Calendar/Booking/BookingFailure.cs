namespace Bastide.Calendar.Booking;

/// <summary>Why a guest cannot have what they asked for.</summary>
public enum BookingFailure
{
    /// <summary>There is no such page or booking, or not any more.</summary>
    NotFound,

    /// <summary>Something they wrote cannot be.</summary>
    Invalid,

    /// <summary>The time is not offered, or somebody else has it meanwhile.</summary>
    Taken,

    /// <summary>They have as many bookings as one may have.</summary>
    TooMany,

    /// <summary>It is over, or was cancelled.</summary>
    Over,
}
