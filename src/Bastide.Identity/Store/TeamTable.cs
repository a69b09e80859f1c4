using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>Teams and who is in them.</summary>
static class TeamTable
{
    const string Teams = """
        SELECT a.id, d.address, a.name, a.created_at
        FROM accounts a JOIN addresses d ON d.account_id = a.id AND d.is_primary = TRUE
        """;

    static readonly Sql SelectOne = new(Teams + " WHERE a.id = $1 AND a.kind = 1");

    static readonly Sql SelectAll = new(Teams + " WHERE a.kind = 1 AND d.address > $1 ORDER BY d.address LIMIT $2");

    static readonly Sql SelectOfDomains = new(Teams + " WHERE a.kind = 1 AND d.domain {any $3} AND d.address > $1 ORDER BY d.address LIMIT $2");

    static readonly Sql SelectMembers = new("""
        SELECT m.team_id, m.account_id, d.address, a.name, m.role
        FROM team_members m JOIN accounts a ON a.id = m.account_id
             JOIN addresses d ON d.account_id = m.account_id AND d.is_primary = TRUE
        WHERE m.team_id {any $1} ORDER BY m.team_id, d.address LIMIT 100000
        """);

    static readonly Sql SelectPageOfMembers = new("""
        SELECT m.account_id, d.address, a.name, m.role
        FROM team_members m JOIN accounts a ON a.id = m.account_id
             JOIN addresses d ON d.account_id = m.account_id AND d.is_primary = TRUE
        WHERE m.team_id = $1 AND d.address > $2 ORDER BY d.address LIMIT $3
        """);

    static readonly Sql SelectOfPerson = new("SELECT team_id FROM team_members WHERE account_id = $1 ORDER BY team_id LIMIT 1000");

    static readonly Sql CountMembers = new("SELECT COUNT(*) FROM team_members WHERE team_id = $1");

    static readonly Sql Upsert = new("""
        INSERT INTO team_members (team_id, account_id, role) VALUES ($1, $2, $3)
        ON CONFLICT (team_id, account_id) DO UPDATE SET role = excluded.role
        """);

    static readonly Sql UpsertResource = new("""
        INSERT INTO team_resources (team_id, is_room, is_asked, capacity, place) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (team_id) DO UPDATE SET is_room = excluded.is_room, is_asked = excluded.is_asked, capacity = excluded.capacity, place = excluded.place
        """);

    static readonly Sql DeleteResource = new("DELETE FROM team_resources WHERE team_id = $1");

    static readonly Sql Delete = new("DELETE FROM team_members WHERE team_id = $1 AND account_id = $2");

    public static async ValueTask<Team?> Find(ReadScope scope, AccountId team) =>
        (await WithMembers(scope, await scope.List(SelectOne, Map, team))).FirstOrDefault();

    /// <summary>A page of teams by address; of these domains, or of all when they are null.</summary>
    public static async ValueTask<List<Team>> Page(ReadScope scope, string[]? domains, string after, int limit) =>
        await WithMembers(scope, domains is null
            ? await scope.List(SelectAll, Map, after, limit)
            : await scope.List(SelectOfDomains, Map, after, limit, domains));

    /// <summary>A page of a team's members by address.</summary>
    public static ValueTask<List<TeamMember>> Members(ReadScope scope, AccountId team, string after, int limit) => scope.List(
        SelectPageOfMembers, row => new TeamMember(new AccountId(row.Long(0)), row.Text(1), row.Text(2), (TeamRole)row.Int(3)), team, after, limit);

    /// <summary>The teams a person is in.</summary>
    public static ValueTask<List<AccountId>> TeamsOf(ReadScope scope, AccountId person) => scope.List(SelectOfPerson, row => new AccountId(row.Long(0)), person);

    public static async ValueTask<long> CountOfMembers(ReadScope scope, AccountId team) => (await scope.Long(CountMembers, team))!.Value;

    public static async ValueTask SetMember(WriteScope scope, AccountId team, AccountId person, TeamRole role) =>
        await scope.Execute(Upsert, team, person, role);

    /// <summary>False when the person was not in the team.</summary>
    public static async ValueTask<bool> RemoveMember(WriteScope scope, AccountId team, AccountId person) => await scope.Execute(Delete, team, person) == 1;

    /// <summary>Makes the team something people book, or no longer.</summary>
    public static async ValueTask SetResource(WriteScope scope, AccountId team, TeamResource? resource)
    {
        if (resource is null) await scope.Execute(DeleteResource, team);
        else await scope.Execute(UpsertResource, team, resource.IsRoom, resource.IsAsked, resource.Capacity, resource.Place);
    }

    static Team Map(Row row) => new(new AccountId(row.Long(0)), row.Text(1), row.Text(2), [], [], row.Time(3));

    static async ValueTask<List<Team>> WithMembers(ReadScope scope, List<Team> teams)
    {
        if (teams.Count == 0) return teams;
        var ids = teams.Select(t => t.Account).ToList();
        var entries = (await AddressTable.Find(scope, ids)).ToDictionary(e => e.Account);
        var members = (await scope.List(
            SelectMembers,
            row => (Team: new AccountId(row.Long(0)), Member: new TeamMember(new AccountId(row.Long(1)), row.Text(2), row.Text(3), (TeamRole)row.Int(4))),
            ids.Select(id => id.Value).ToArray())).ToLookup(m => m.Team, m => m.Member);
        return [.. teams.Select(t => t with { Aliases = entries[t.Account].Aliases, Resource = entries[t.Account].Resource, Members = [.. members[t.Account].Take(1000)] })];
    }
}
