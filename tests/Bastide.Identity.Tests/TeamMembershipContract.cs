using Bastide.Abstractions.Identity;

namespace Bastide.Identity.Tests;

public sealed class TeamMembershipOnSqlite(IdentityOnSqlite fixture) : TeamMembershipContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class TeamMembershipOnPostgres(IdentityOnPostgres fixture) : TeamMembershipContract(fixture), IClassFixture<IdentityOnPostgres>;

/// <summary>Who is in which team, as other modules ask.</summary>
public abstract class TeamMembershipContract(IdentityFixture fixture)
{
    [Fact]
    public async Task Teams_and_members_are_told_by_address_and_within_the_limit()
    {
        var (anna, ben) = (await fixture.AddPerson("anna"), await fixture.AddPerson("ben"));
        var teams = new List<Team>();
        foreach (var name in new[] { "zebra", "apple" })
        {
            var team = (await fixture.Teams.Add($"{name}-{anna.Account}@{fixture.Settings.Domain}", name, Actor.Operator, fixture.Cancellation)).Value!;
            (await fixture.Teams.SetMember(team.Address, anna.Address, TeamRole.Member, Actor.Operator, fixture.Cancellation)).ShouldBeNull();
            teams.Add(team);
        }

        (await fixture.Teams.SetMember(teams[0].Address, ben.Address, TeamRole.Owner, Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        var membership = fixture.Get<ITeamMembership>();
        (await membership.TeamsOf(anna.Account, fixture.Cancellation)).Select(entry => entry.Address).ShouldBe([teams[1].Address, teams[0].Address]);
        (await membership.TeamsOf(ben.Account, fixture.Cancellation)).Select(entry => entry.Address).ShouldBe([teams[0].Address]);
        (await membership.MembersOf(teams[0].Account, 10, fixture.Cancellation)).Select(entry => entry.Address).ShouldBe([anna.Address, ben.Address]);
        (await membership.MembersOf(teams[0].Account, 1, fixture.Cancellation)).Select(entry => entry.Address).ShouldBe([anna.Address]);
        (await membership.MembersOf(anna.Account, 10, fixture.Cancellation)).ShouldBeEmpty();
    }
}
