using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>What came of a booking.</summary>
/// <param name="Failure">Why it was refused, or null.</param>
/// <param name="Description">The same as a sentence.</param>
public sealed record BookingOutcome(BookingFailure? Failure, string? Description)
{
    /// <summary>What the guest changes it by, of a new one.</summary>
    public string? Secret { get; init; }

    /// <summary>When it begins.</summary>
    public Instant Start { get; init; }

    /// <summary>When it ends.</summary>
    public Instant End { get; init; }

    internal static BookingOutcome NotFound { get; } = new(BookingFailure.NotFound, "There is nothing to book here: ask who sent you the link for a new one.");

    internal static BookingOutcome Taken { get; } = new(BookingFailure.Taken, "This time is no longer free: choose another.");

    internal static BookingOutcome Over { get; } = new(BookingFailure.Over, "This booking is over or was cancelled: book another time.");

    internal static BookingOutcome Invalid(string description) => new(BookingFailure.Invalid, description);
}
