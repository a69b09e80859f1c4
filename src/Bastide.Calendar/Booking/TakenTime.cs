using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>What leaves no room for a booking.</summary>
/// <param name="Busy">What takes place; something stays free around it.</param>
/// <param name="Unavailable">When the owner is not there, and what stays free around those who have booked; nothing stays free around that.</param>
/// <param name="Booked">How many are booked on this page, by the day they begin on its clock.</param>
sealed record TakenTime(IReadOnlyList<(Instant Begin, Instant End)> Busy, IReadOnlyList<(Instant Begin, Instant End)> Unavailable, IReadOnlyDictionary<LocalDate, int> Booked);
