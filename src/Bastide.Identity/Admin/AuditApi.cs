using System.Globalization;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Admin;

/// <summary>The audit log, from the newest line to the oldest.</summary>
static class AuditApi
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/", List).WithName("listAudit").WithSummary("The audit log, the newest first; of your domains when you do not administer all").Produces<PageOf<AuditOut>>();

    static async Task<IResult> List(HttpContext context, Database database, long? before, int? limit)
    {
        var most = AdminEndpoints.Limit(limit);
        var actor = context.Actor();
        var rows = await database.Read(
            async scope => await AuditTable.Page(scope, await Administrators.DomainsOf(scope, actor), before ?? long.MaxValue, most + 1), context.RequestAborted);
        return Results.Ok(PageOf<AuditOut>.Cut(rows, most, Out, row => row.Id.ToString(CultureInfo.InvariantCulture)));
    }

    static AuditOut Out(AuditRow row) => new(row.Id, row.At, row.Action, row.Outcome, row.Actor, row.Target, row.Domain, row.Session, row.Remote, row.Detail);

    /// <summary>A line of the audit log.</summary>
    internal sealed record AuditOut(
        long Id, DateTimeOffset At, string Action, string Outcome, string Actor, string Target, string? Domain, long? Session, string? RemoteAddress, string? Detail);
}
