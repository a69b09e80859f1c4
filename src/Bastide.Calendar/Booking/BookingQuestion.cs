namespace Bastide.Calendar.Booking;

/// <summary>What a guest is asked beside their name and address.</summary>
/// <param name="Label">The question.</param>
/// <param name="IsRequired">Whether it has to be answered.</param>
/// <param name="IsLong">Whether an answer may have several lines.</param>
public sealed record BookingQuestion(string Label, bool IsRequired, bool IsLong);
