using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Identity;

/// <summary>A person or team as the others see it.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Kind">Person or team.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its primary address.</param>
/// <param name="Aliases">Its other addresses; it may send from all of them.</param>
/// <param name="Disabled">Whether it may not be used at present; mail to it is refused for the moment (4xx), not for good.</param>
public sealed record DirectoryEntry(AccountId Account, AccountKind Kind, string Name, string Address, IReadOnlyList<string> Aliases, bool Disabled)
{
    /// <summary>Of a team that is a room or a thing people book: what it is; null of anybody else.</summary>
    public TeamResource? Resource { get; init; }
}
