using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>Addresses of people and teams beside their primary ones.</summary>
static class AliasApi
{
    public static readonly AdminRoute[] Routes =
    [
        new("GET", "/aliases", "listAliases", List),
        new("POST", "/aliases", "addAlias", Add),
        new("DELETE", "/aliases/{alias}", "removeAlias", Remove),
    ];

    static async Task<IResult> List(AdminCall call)
    {
        var limit = call.Limit;
        var after = call.After;
        var rows = await call.Get<Database>().Read(
            async scope => await AddressTable.Aliases(scope, await Administrators.DomainsOf(scope, call.Actor), after, limit + 1), call.Cancellation);
        return AdminJson.Ok(PageOf<AliasOut>.Cut(rows, limit, row => new AliasOut(row.Alias, row.Address, row.Kind), row => row.Alias));
    }

    static async Task<IResult> Add(AdminCall call)
    {
        var body = await call.Body<AliasIn>("""an object with the members "alias", the new address, and "address", one that the person or team has.""");
        return AdminProblem.Answer(await call.Get<People>().AddAlias(body.Address, body.Alias, call.Actor, call.Cancellation));
    }

    static async Task<IResult> Remove(AdminCall call) => AdminProblem.Answer(await call.Get<People>().RemoveAlias(call.Part("alias"), call.Actor, call.Cancellation));

    sealed record AliasIn(string Alias, string Address);

    sealed record AliasOut(string Alias, string Address, AccountKind Kind);
}
