using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Identity;

/// <summary>A team: an account that its members reach through grants.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Address">Its primary address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Its other addresses.</param>
/// <param name="Members">Who is in it; the first 1,000 by address.</param>
/// <param name="CreatedAt">When it came.</param>
public sealed record Team(AccountId Account, string Address, string Name, IReadOnlyList<string> Aliases, IReadOnlyList<TeamMember> Members, DateTimeOffset CreatedAt)
{
    /// <summary>What people book it as, where they do.</summary>
    public TeamResource? Resource { get; init; }
}
