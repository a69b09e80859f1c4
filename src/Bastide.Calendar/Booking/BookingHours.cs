using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>Hours of a day of the week at which a page may be booked.</summary>
/// <param name="Day">The day.</param>
/// <param name="From">When they begin, in minutes of the day.</param>
/// <param name="To">When they end; 1440 is midnight at the end of the day.</param>
public sealed record BookingHours(IsoDayOfWeek Day, int From, int To);
