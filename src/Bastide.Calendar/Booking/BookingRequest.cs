using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>What a guest asks for.</summary>
/// <param name="Start">When it is to begin.</param>
/// <param name="Name">Who they are.</param>
/// <param name="Address">Their address of mail.</param>
/// <param name="Answers">What they answer to each of the questions of the page.</param>
/// <param name="TimeZone">The IANA zone their clocks are in.</param>
/// <param name="Language">What they read: <c>fr</c> or <c>en</c>.</param>
public sealed record BookingRequest(Instant Start, string Name, string Address, IReadOnlyList<string> Answers, string TimeZone, string Language);
