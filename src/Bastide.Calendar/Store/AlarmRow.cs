using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>An alarm whose time has come.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ObjectId">The object it is of.</param>
/// <param name="AlertId">Its alert.</param>
/// <param name="IsByMail">Whether it comes by mail.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="Account">Whose calendar the object is in.</param>
/// <param name="CalendarId">Which calendar.</param>
/// <param name="Privacy">Who may see the object.</param>
readonly record struct AlarmRow(long Id, long ObjectId, string AlertId, bool IsByMail, long DueAt, AccountId Account, long CalendarId, EventPrivacy Privacy);
