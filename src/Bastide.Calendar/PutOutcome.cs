namespace Bastide.Calendar;

/// <summary>What came of storing a calendar object.</summary>
/// <param name="Stored">What is stored now, without its text; null when it was refused.</param>
/// <param name="IsNew">Whether it came with this.</param>
/// <param name="Refused">Why not, or null.</param>
public sealed record PutOutcome(StoredObject? Stored, bool IsNew, CalendarError? Refused)
{
    /// <summary>Whether reading it brings the very octets that were given; otherwise the entity tag is of something else.</summary>
    public bool IsAsGiven { get; init; } = true;

    internal static PutOutcome Of(CalendarError refused) => new(null, false, refused);
}
