using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav;

/// <summary>Where a tree of one account begins: <c>/dav/calendars/ADDRESS</c>.</summary>
/// <param name="Account">The account whose things stand below it.</param>
/// <param name="Address">Its primary address, as it stands in the path.</param>
/// <param name="Path">The path.</param>
/// <param name="Owner">The name of the account; null where it is the caller's own.</param>
public sealed record DavHome(AccountId Account, string Address, DavPath Path, string? Owner)
{
    string Suffix => $" ({Owner})";

    /// <summary>
    /// The name of a collection in it as programs are told (RFC 4918 §15.2). Interop: Thunderbird 153.8, Evolution 3.46, 2026-12:
    /// they put the collections of all homes into one list by that name alone, so those of others are told with whose they are.
    /// </summary>
    public string NameTold(string name) => Owner is null || name.Contains(Owner, StringComparison.OrdinalIgnoreCase) ? name : name + Suffix;

    /// <summary>The name that is kept when a program sets one, which may end as what it was told does.</summary>
    public string NameKept(string told) => Owner is not null && told.EndsWith(Suffix, StringComparison.Ordinal) ? told[..^Suffix.Length] : told;
}
