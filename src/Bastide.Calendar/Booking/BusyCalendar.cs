using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Booking;

/// <summary>A calendar whose events leave no room for a booking.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="CalendarId">Its number.</param>
public readonly record struct BusyCalendar(AccountId Account, long CalendarId);
