using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Identity;

/// <summary>Who is in which team. Offered by the identity module.</summary>
public interface ITeamMembership
{
    /// <summary>The teams a person is in, by address; at most 1,000.</summary>
    ValueTask<IReadOnlyList<DirectoryEntry>> TeamsOf(AccountId person, CancellationToken cancellation);

    /// <summary>The members of a team, by address; at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<DirectoryEntry>> MembersOf(AccountId team, int limit, CancellationToken cancellation);
}
