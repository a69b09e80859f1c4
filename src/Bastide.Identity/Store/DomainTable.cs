using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>The domains whose mail is delivered here.</summary>
static class DomainTable
{
    static readonly Sql Insert = new("INSERT INTO domains (name, created_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");

    static readonly Sql Select = new("SELECT name, created_at FROM domains WHERE name = $1");

    static readonly Sql SelectAfter = new("SELECT name, created_at FROM domains WHERE name > $1 ORDER BY name LIMIT $2");

    static readonly Sql SelectAdministered = new("""
        SELECT d.name, d.created_at FROM domains d JOIN administrators a ON a.domain = d.name
        WHERE a.account_id = $1 AND d.name > $2 ORDER BY d.name LIMIT $3
        """);

    static readonly Sql SelectUsed = new("SELECT 1 FROM addresses WHERE domain = $1 LIMIT 1");

    static readonly Sql DeleteByName = new("DELETE FROM domains WHERE name = $1");

    /// <summary>Adds it; false when it was there.</summary>
    public static async ValueTask<bool> Add(WriteScope scope, string name, DateTimeOffset now) => await scope.Execute(Insert, name, now) == 1;

    public static async ValueTask<(string Name, DateTimeOffset CreatedAt)?> Find(ReadScope scope, string name) =>
        await scope.First(Select, row => ((string, DateTimeOffset)?)(row.Text(0), row.Time(1)), name);

    public static ValueTask<bool> Exists(ReadScope scope, string name) => scope.Any(Select, name);

    public static ValueTask<List<(string Name, DateTimeOffset CreatedAt)>> Page(ReadScope scope, string after, int limit) =>
        scope.List(SelectAfter, row => (row.Text(0), row.Time(1)), after, limit);

    public static ValueTask<List<(string Name, DateTimeOffset CreatedAt)>> PageAdministered(ReadScope scope, long administrator, string after, int limit) =>
        scope.List(SelectAdministered, row => (row.Text(0), row.Time(1)), administrator, after, limit);

    public static ValueTask<bool> IsUsed(ReadScope scope, string name) => scope.Any(SelectUsed, name);

    public static async ValueTask<bool> Delete(WriteScope scope, string name) => await scope.Execute(DeleteByName, name) == 1;
}
