using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Admin;

/// <summary>Addresses beside the primary one, of people and teams; they are given through their owner.</summary>
static class AliasApi
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapDelete("/{alias}", Remove).WithName("removeAlias").WithSummary("Take an alias away").Produces(204).ProducesProblem(404);

    static async Task<IResult> Remove(HttpContext context, People people, string alias) =>
        (await people.RemoveAlias(alias, context.Actor(), context.RequestAborted)).Answer();
}
