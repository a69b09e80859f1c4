using Bastide.Platform.Changes;

namespace Bastide.Calendar.Booking;

/// <summary>Booking pages to be made, changed and destroyed in one transaction.</summary>
public sealed record BookingPageSet
{
    /// <summary>The state the account must be in, or null.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>New ones by creation id.</summary>
    public IReadOnlyDictionary<string, BookingSettings> Create { get; init; } = new Dictionary<string, BookingSettings>();

    /// <summary>What is to be said of them from now on, by number.</summary>
    public IReadOnlyDictionary<long, BookingSettings> Update { get; init; } = new Dictionary<long, BookingSettings>();

    /// <summary>Those to destroy; what was booked on them stays.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];
}
