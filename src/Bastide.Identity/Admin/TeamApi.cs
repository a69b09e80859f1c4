using Bastide.Abstractions.Identity;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>Teams and who is in them.</summary>
static class TeamApi
{
    public static readonly AdminRoute[] Routes =
    [
        new("GET", "/teams", "listTeams", List),
        new("POST", "/teams", "addTeam", Add),
        new("GET", "/teams/{address}", "getTeam", Get),
        new("PATCH", "/teams/{address}", "updateTeam", Update),
        new("DELETE", "/teams/{address}", "removeTeam", Remove),
        new("PUT", "/teams/{address}/resource", "setResource", SetResource),
        new("DELETE", "/teams/{address}/resource", "removeResource", RemoveResource),
        new("GET", "/teams/{address}/members", "listMembers", ListMembers),
        new("PUT", "/teams/{address}/members/{person}", "setMember", SetMember),
        new("DELETE", "/teams/{address}/members/{person}", "removeMember", RemoveMember),
    ];

    static async Task<IResult> List(AdminCall call)
    {
        var limit = call.Limit;
        var rows = await call.Get<Teams>().List(call.Actor, call.After, limit + 1, call.Cancellation);
        return AdminJson.Ok(PageOf<TeamOut>.Cut(rows, limit, Out, row => row.Address));
    }

    static async Task<IResult> Add(AdminCall call)
    {
        var body = await call.Body<TeamIn>("""an object with the member "address" and, if wanted, "name".""");
        return AdminCall.Created(await call.Get<Teams>().Add(body.Address, body.Name ?? "", call.Actor, call.Cancellation), Out, team => "/teams/" + Uri.EscapeDataString(team.Address));
    }

    static async Task<IResult> Get(AdminCall call) => AdminCall.Answer(await call.Get<Teams>().Find(call.Part("address"), call.Actor, call.Cancellation), Out);

    static async Task<IResult> Update(AdminCall call)
    {
        var body = await call.Body<TeamPatch>("""an object with the member "name".""");
        var refusal = await call.Get<Teams>().Rename(call.Part("address"), body.Name, call.Actor, call.Cancellation);
        return refusal is null ? await Get(call) : AdminProblem.Of(refusal);
    }

    static async Task<IResult> Remove(AdminCall call) => AdminProblem.Answer(await call.Get<Teams>().Remove(call.Part("address"), call.Actor, call.Cancellation));

    static async Task<IResult> SetResource(AdminCall call)
    {
        var body = await call.Body<ResourceBody>("""an object with the members "kind": room or thing, "booking": first or asked, and, if wanted, "capacity" and "place".""");
        var resource = new TeamResource(body.Kind == ResourceKind.Room, body.Booking == ResourceBooking.Asked, body.Capacity, string.IsNullOrWhiteSpace(body.Place) ? null : body.Place.Trim());
        return AdminProblem.Answer(await call.Get<Teams>().SetResource(call.Part("address"), resource, call.Actor, call.Cancellation));
    }

    static async Task<IResult> RemoveResource(AdminCall call) => AdminProblem.Answer(await call.Get<Teams>().SetResource(call.Part("address"), null, call.Actor, call.Cancellation));

    static async Task<IResult> ListMembers(AdminCall call)
    {
        var limit = call.Limit;
        var found = await call.Get<Teams>().Members(call.Part("address"), call.Actor, call.After, limit + 1, call.Cancellation);
        return AdminCall.Answer(found, rows => PageOf<MemberOut>.Cut(rows, limit, m => new MemberOut(m.Account.ToString(), m.Address, m.Name, m.Role), m => m.Address));
    }

    static async Task<IResult> SetMember(AdminCall call)
    {
        var body = await call.Body<MemberIn>("""an object with the member "role": reader, member or owner.""");
        return AdminProblem.Answer(await call.Get<Teams>().SetMember(call.Part("address"), call.Part("person"), body.Role, call.Actor, call.Cancellation));
    }

    static async Task<IResult> RemoveMember(AdminCall call) =>
        AdminProblem.Answer(await call.Get<Teams>().RemoveMember(call.Part("address"), call.Part("person"), call.Actor, call.Cancellation));

    static TeamOut Out(Team team) => new(team.Account.ToString(), team.Address, team.Name, team.Aliases, Out(team.Resource), team.CreatedAt);

    static ResourceBody? Out(TeamResource? resource) => resource is null ? null
        : new ResourceBody(resource.IsRoom ? ResourceKind.Room : ResourceKind.Thing, resource.IsAsked ? ResourceBooking.Asked : ResourceBooking.First, resource.Capacity, resource.Place);

    enum ResourceKind
    {
        Room,
        Thing,
    }

    enum ResourceBooking
    {
        First,
        Asked,
    }

    sealed record ResourceBody(ResourceKind Kind, ResourceBooking Booking, int? Capacity = null, string? Place = null);

    sealed record TeamIn(string Address, string? Name = null);

    sealed record TeamPatch(string Name);

    sealed record MemberIn(TeamRole Role);

    sealed record MemberOut(string Id, string Address, string Name, TeamRole Role);

    sealed record TeamOut(string Id, string Address, string Name, IReadOnlyList<string> Aliases, ResourceBody? Resource, DateTimeOffset CreatedAt);
}
