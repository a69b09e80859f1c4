using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>Who administers what. Only who administers everything changes it.</summary>
static class AdministratorApi
{
    /// <summary>What stands for all domains and the workplace itself, where a domain is named.</summary>
    const string Everything = "*";

    public static readonly AdminRoute[] Routes =
    [
        new("GET", "/users/{address}/administers", "getAdministers", Get),
        new("PUT", "/users/{address}/administers/{domain}", "makeAdministrator", Make),
        new("DELETE", "/users/{address}/administers/{domain}", "unmakeAdministrator", Unmake),
    ];

    static async Task<IResult> Get(AdminCall call)
    {
        var found = await call.Get<People>().Find(call.Part("address"), call.Actor, call.Cancellation);
        if (!found.IsDone) return AdminProblem.Of(found.Refusal);
        var domains = await call.Get<Database>().Read(scope => AdministratorTable.Of(scope, found.Value.Account), call.Cancellation);
        return AdminJson.Ok(new Administers(domains.Contains(null), [.. domains.OfType<string>().Order(StringComparer.Ordinal)]));
    }

    static Task<IResult> Make(AdminCall call) => Set(call, isAdministrator: true);

    static Task<IResult> Unmake(AdminCall call) => Set(call, isAdministrator: false);

    static async Task<IResult> Set(AdminCall call, bool isAdministrator)
    {
        var domain = call.Part("domain");
        return AdminProblem.Answer(await call.Get<People>().SetAdministrator(call.Part("address"), domain == Everything ? null : domain, isAdministrator, call.Actor, call.Cancellation));
    }

    sealed record Administers(bool Everything, IReadOnlyList<string> Domains);
}
