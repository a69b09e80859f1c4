using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Admin;

/// <summary>The domains whose mail is delivered here.</summary>
static class DomainApi
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", List).WithName("listDomains").WithSummary("The domains you administer, by name").Produces<PageOf<DomainOut>>();
        group.MapPost("/", Add).WithName("addDomain").WithSummary("Add a domain").Produces<DomainOut>(StatusCodes.Status201Created).ProducesProblem(409).ProducesProblem(422);
        group.MapDelete("/{name}", Remove).WithName("removeDomain").WithSummary("Remove a domain that has no address left").Produces(204).ProducesProblem(404).ProducesProblem(409);
    }

    static async Task<IResult> List(HttpContext context, Domains domains, string? after, int? limit)
    {
        var most = AdminEndpoints.Limit(limit);
        var rows = await domains.List(context.Actor(), after ?? "", most + 1, context.RequestAborted);
        return Results.Ok(PageOf<DomainOut>.Cut(rows, most, Out, row => row.Name));
    }

    static async Task<IResult> Add(HttpContext context, Domains domains, DomainIn body)
    {
        var added = await domains.Add(body.Name, context.Actor(), context.RequestAborted);
        return added.IsDone ? Results.Created($"/admin/api/domains/{added.Value.Name}", Out(added.Value)) : added.Refusal.Problem();
    }

    static async Task<IResult> Remove(HttpContext context, Domains domains, string name) =>
        (await domains.Remove(name, context.Actor(), context.RequestAborted)).Answer();

    static DomainOut Out(Domain domain) => new(domain.Name, domain.IsPrimary, domain.CreatedAt);

    /// <summary>A domain to add.</summary>
    /// <param name="Name">Its name.</param>
    internal sealed record DomainIn(string Name);

    /// <summary>A domain.</summary>
    internal sealed record DomainOut(string Name, bool IsPrimary, DateTimeOffset CreatedAt);
}
