namespace Bastide.Calendar;

/// <summary>What a client says of the messages that its change brings (RFC 6638 §8).</summary>
/// <param name="Sends">Whether anybody is told of it.</param>
/// <param name="Tag">The schedule tag the object must have, or null; answers that came since are kept.</param>
public sealed record SchedulingWishes(bool Sends, string? Tag)
{
    /// <summary>Everybody is told.</summary>
    public static SchedulingWishes Usual { get; } = new(true, null);
}
