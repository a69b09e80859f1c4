using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Admin;

/// <summary>Teams and who is in them.</summary>
static class TeamApi
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", List).WithName("listTeams").WithSummary("The teams of your domains, by address").Produces<PageOf<TeamOut>>();
        group.MapPost("/", Add).WithName("addTeam").WithSummary("Add a team").Produces<TeamOut>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapGet("/{address}", Get).WithName("getTeam").WithSummary("A team").Produces<TeamOut>().ProducesProblem(404);
        group.MapPatch("/{address}", Rename).WithName("renameTeam").WithSummary("Change a team's name").Produces<TeamOut>().ProducesProblem(404).ProducesProblem(422);
        group.MapDelete("/{address}", Remove).WithName("removeTeam").WithSummary("Remove a team and everything it owns").Produces(204).ProducesProblem(404);
        group.MapPost("/{address}/aliases", AddAlias).WithName("addTeamAlias").WithSummary("Give one more address").Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPut("/{address}/members/{person}", SetMember).WithName("setTeamMember").WithSummary("Put a person into a team, or change their role: reader, member, owner").Produces(204).ProducesProblem(404).ProducesProblem(422);
        group.MapDelete("/{address}/members/{person}", RemoveMember).WithName("removeTeamMember").WithSummary("Take a person out of a team").Produces(204).ProducesProblem(404);
    }

    static async Task<IResult> List(HttpContext context, Teams teams, string? after, int? limit)
    {
        var most = AdminEndpoints.Limit(limit);
        var rows = await teams.List(context.Actor(), after ?? "", most + 1, context.RequestAborted);
        return Results.Ok(PageOf<TeamOut>.Cut(rows, most, Out, row => row.Address));
    }

    static async Task<IResult> Add(HttpContext context, Teams teams, TeamIn body)
    {
        var added = await teams.Add(body.Address, body.Name ?? "", context.Actor(), context.RequestAborted);
        return added.IsDone ? Results.Created($"/admin/api/teams/{added.Value.Address}", Out(added.Value)) : added.Refusal.Problem();
    }

    static async Task<IResult> Get(HttpContext context, Teams teams, string address)
    {
        var found = await teams.Find(address, context.Actor(), context.RequestAborted);
        return found.IsDone ? Results.Ok(Out(found.Value)) : found.Refusal.Problem();
    }

    static async Task<IResult> Rename(HttpContext context, Teams teams, string address, TeamName body) =>
        await teams.Rename(address, body.Name, context.Actor(), context.RequestAborted) is { } refusal ? refusal.Problem() : await Get(context, teams, address);

    static async Task<IResult> Remove(HttpContext context, Teams teams, string address) =>
        (await teams.Remove(address, context.Actor(), context.RequestAborted)).Answer();

    static async Task<IResult> AddAlias(HttpContext context, People people, string address, UserApi.AliasIn body) =>
        (await people.AddAlias(address, body.Address, context.Actor(), context.RequestAborted)).Answer();

    static async Task<IResult> SetMember(HttpContext context, Teams teams, string address, string person, MemberIn body) =>
        Enum.TryParse<TeamRole>(body.Role, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? (await teams.SetMember(address, person, role, context.Actor(), context.RequestAborted)).Answer()
            : new Refusal(RefusalKind.Invalid, "The role is reader, member or owner.").Problem();

    static async Task<IResult> RemoveMember(HttpContext context, Teams teams, string address, string person) =>
        (await teams.RemoveMember(address, person, context.Actor(), context.RequestAborted)).Answer();

    static string Text(TeamRole role) => role switch
    {
        TeamRole.Reader => "reader",
        TeamRole.Owner => "owner",
        _ => "member",
    };

    static TeamOut Out(Team team) => new(
        team.Account.ToString(), team.Address, team.Name, team.Aliases, [.. team.Members.Select(m => new MemberOut(m.Account.ToString(), m.Address, m.Name, Text(m.Role)))], team.CreatedAt);

    /// <summary>A team to add.</summary>
    internal sealed record TeamIn(string Address, string? Name = null);

    /// <summary>A new name.</summary>
    internal sealed record TeamName(string Name);

    /// <summary>What a member may do: reader, member, owner.</summary>
    internal sealed record MemberIn(string Role);

    /// <summary>A member.</summary>
    internal sealed record MemberOut(string Id, string Address, string Name, string Role);

    /// <summary>A team.</summary>
    internal sealed record TeamOut(string Id, string Address, string Name, IReadOnlyList<string> Aliases, IReadOnlyList<MemberOut> Members, DateTimeOffset CreatedAt);
}
