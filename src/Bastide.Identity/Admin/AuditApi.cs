using System.Globalization;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>The audit log, from the newest line to the oldest.</summary>
static class AuditApi
{
    public static readonly AdminRoute[] Routes = [new("GET", "/audit", "listAudit", List)];

    static async Task<IResult> List(AdminCall call)
    {
        var limit = call.Limit;
        var before = call.Before;
        var rows = await call.Get<Database>().Read(
            async scope => await AuditTable.Page(scope, await Administrators.DomainsOf(scope, call.Actor), before, limit + 1), call.Cancellation);
        return AdminJson.Ok(PageOf<AuditOut>.Cut(rows, limit, Out, row => row.Id.ToString(CultureInfo.InvariantCulture)));
    }

    static AuditOut Out(AuditRow row) => new(row.Id, row.At, row.Action, row.Outcome, row.Actor, row.Target, row.Domain, row.Session, row.Remote, row.Detail);

    sealed record AuditOut(
        long Id, DateTimeOffset At, string Action, string Outcome, string Actor, string Target, string? Domain, long? Session, string? RemoteAddress, string? Detail);
}
