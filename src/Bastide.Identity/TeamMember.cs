using Bastide.Platform.Accounts;

namespace Bastide.Identity;

/// <summary>A person in a team.</summary>
/// <param name="Account">Their account.</param>
/// <param name="Address">Their primary address.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">What they may do.</param>
public sealed record TeamMember(AccountId Account, string Address, string Name, TeamRole Role);
