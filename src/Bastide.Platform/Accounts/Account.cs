using Bastide.Platform.Changes;

namespace Bastide.Platform.Accounts;

/// <summary>The owner of data: a person, a team or the program.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Kind">Who it belongs to.</param>
/// <param name="Name">What people read: a person's or team's name.</param>
/// <param name="Seq">Its change sequence.</param>
/// <param name="Quota">The most octets its items may take, or null for no bound.</param>
/// <param name="Disabled">Whether nobody may use it at present.</param>
public sealed record Account(AccountId Id, AccountKind Kind, string Name, Sequence Seq, long? Quota, bool Disabled);
