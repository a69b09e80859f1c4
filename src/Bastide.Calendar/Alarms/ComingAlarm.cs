using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Alarms;

/// <summary>An alarm that is to go off.</summary>
/// <param name="Person">For whom.</param>
/// <param name="RecurrenceId">The instance it is of; empty for what does not recur, and for a time that is of the whole series.</param>
/// <param name="AlertId">The id of its alert.</param>
/// <param name="IsByMail">Whether it comes by mail.</param>
/// <param name="DueAt">When, in seconds since 1970.</param>
readonly record struct ComingAlarm(AccountId Person, string RecurrenceId, string AlertId, bool IsByMail, long DueAt);
