using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>The append-only log. Triggers of both engines refuse to change or remove a row.</summary>
static class AuditTable
{
    static readonly Sql Insert = new("""
        INSERT INTO audit (at, action, outcome, actor_id, actor, target, domain, session_id, remote, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """);

    const string Columns = "SELECT id, at, action, outcome, actor, target, domain, session_id, remote, detail FROM audit";

    static readonly Sql SelectBefore = new(Columns + " WHERE id < $1 ORDER BY id DESC LIMIT $2");

    static readonly Sql SelectOfDomainsBefore = new(Columns + " WHERE domain {any $3} AND id < $1 ORDER BY id DESC LIMIT $2");

    public static async ValueTask Add(WriteScope scope, AuditRow row, long? actorId) =>
        await scope.Execute(Insert, row.At, row.Action, row.Outcome, actorId, row.Actor, row.Target, row.Domain, row.Session, row.Remote, row.Detail);

    /// <summary>A page from the newest to the oldest; of these domains, or of all when they are null.</summary>
    public static ValueTask<List<AuditRow>> Page(ReadScope scope, string[]? domains, long before, int limit) => domains is null
        ? scope.List(SelectBefore, Map, before, limit)
        : scope.List(SelectOfDomainsBefore, Map, before, limit, domains);

    static AuditRow Map(Row row) => new(
        row.Long(0), row.Time(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.TextOrNull(6), row.LongOrNull(7), row.TextOrNull(8), row.TextOrNull(9));
}
