using Bastide.Platform.Accounts;
using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>A page as guests see it.</summary>
/// <param name="Settings">What its owner says of it; guests are told what concerns them.</param>
/// <param name="Host">The name of its owner.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="First">The first moment that may be booked.</param>
/// <param name="Last">The last day, on the page's clock.</param>
public sealed record BookingOffer(BookingSettings Settings, string Host, AccountId Account, Instant First, LocalDate Last);
