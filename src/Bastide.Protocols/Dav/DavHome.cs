using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav;

/// <summary>Where a tree of one account begins: <c>/dav/calendars/ADDRESS</c>.</summary>
/// <param name="Account">The account whose things stand below it.</param>
/// <param name="Address">Its primary address, as it stands in the path.</param>
/// <param name="Path">The path.</param>
public sealed record DavHome(AccountId Account, string Address, DavPath Path);
