using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>An alarm that went off, as it is told.</summary>
/// <param name="Account">Whose calendar the event is in.</param>
/// <param name="EventId">The event.</param>
/// <param name="Uid">Its UID.</param>
/// <param name="RecurrenceId">Which instance; empty for what does not recur.</param>
/// <param name="AlertId">Its alert.</param>
readonly record struct ToldAlarm(AccountId Account, long EventId, string Uid, string RecurrenceId, string AlertId);
