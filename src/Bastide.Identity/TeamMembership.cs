using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>Who is in which team, for every module.</summary>
sealed class TeamMembership(Database database) : ITeamMembership
{
    public ValueTask<IReadOnlyList<DirectoryEntry>> TeamsOf(AccountId person, CancellationToken cancellation) =>
        Entries(scope => TeamTable.TeamsOf(scope, person), cancellation);

    public ValueTask<IReadOnlyList<DirectoryEntry>> MembersOf(AccountId team, int limit, CancellationToken cancellation) =>
        Entries(async scope => (await TeamTable.Members(scope, team, "", limit)).ConvertAll(member => member.Account), cancellation);

    async ValueTask<IReadOnlyList<DirectoryEntry>> Entries(Func<ReadScope, ValueTask<List<AccountId>>> accounts, CancellationToken cancellation) =>
        await database.Read(async scope => (await AddressTable.Find(scope, await accounts(scope))).OrderBy(entry => entry.Address, StringComparer.Ordinal).ToList(), cancellation);
}
