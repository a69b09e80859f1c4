using Bastide.Calendar.Booking;
using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>A booking page as its row has it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Sealed">Its token, for its owner.</param>
/// <param name="Settings">What its owner says of it.</param>
/// <param name="CreatedAt">When it was made.</param>
sealed record BookingPageRow(long Id, AccountId Account, string Sealed, BookingSettings Settings, DateTimeOffset CreatedAt);
