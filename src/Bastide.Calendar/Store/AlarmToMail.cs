using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>An alarm that went off and goes out as a mail.</summary>
/// <param name="Person">Whom it is for.</param>
/// <param name="Account">Whose calendar the event is in.</param>
/// <param name="EventId">The event.</param>
/// <param name="Instance">Which instance of a series; null for what is no series.</param>
sealed record AlarmToMail(AccountId Person, AccountId Account, long EventId, string? Instance);
