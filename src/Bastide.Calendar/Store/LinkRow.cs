using Bastide.Calendar.Links;
using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>A link as its row has it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Account">Whose calendar it is of.</param>
/// <param name="CalendarId">Which.</param>
/// <param name="Sealed">Its token, for those who may share the calendar.</param>
/// <param name="Detail">How much is told.</param>
/// <param name="Name">What its maker calls it.</param>
/// <param name="CreatedAt">When it was made.</param>
sealed record LinkRow(long Id, AccountId Account, long CalendarId, string Sealed, LinkDetail Detail, string? Name, DateTimeOffset CreatedAt);
