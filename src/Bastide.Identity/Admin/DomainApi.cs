using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>The domains whose mail is delivered here.</summary>
static class DomainApi
{
    public static readonly AdminRoute[] Routes =
    [
        new("GET", "/domains", "listDomains", List),
        new("POST", "/domains", "addDomain", Add),
        new("GET", "/domains/{name}", "getDomain", Get),
        new("DELETE", "/domains/{name}", "removeDomain", Remove),
    ];

    static async Task<IResult> List(AdminCall call)
    {
        var limit = call.Limit;
        var rows = await call.Get<Domains>().List(call.Actor, call.After, limit + 1, call.Cancellation);
        return AdminJson.Ok(PageOf<DomainOut>.Cut(rows, limit, Out, row => row.Name));
    }

    static async Task<IResult> Add(AdminCall call)
    {
        var body = await call.Body<DomainIn>("""an object with the member "name".""");
        return AdminCall.Created(await call.Get<Domains>().Add(body.Name, call.Actor, call.Cancellation), Out, domain => "/domains/" + domain.Name);
    }

    static async Task<IResult> Get(AdminCall call) => AdminCall.Answer(await call.Get<Domains>().Find(call.Part("name"), call.Actor, call.Cancellation), Out);

    static async Task<IResult> Remove(AdminCall call) => AdminProblem.Answer(await call.Get<Domains>().Remove(call.Part("name"), call.Actor, call.Cancellation));

    static DomainOut Out(Domain domain) => new(domain.Name, domain.IsPrimary, domain.CreatedAt);

    sealed record DomainIn(string Name);

    sealed record DomainOut(string Name, bool IsPrimary, DateTimeOffset CreatedAt);
}
