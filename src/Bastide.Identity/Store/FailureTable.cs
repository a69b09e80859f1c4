using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>Wrong attempts by key, so that delays hold across restarts and nodes.</summary>
static class FailureTable
{
    static readonly Sql Select = new("SELECT failure_key, failures, last_failed_at FROM sign_in_failures WHERE failure_key {any $1}");

    static readonly Sql Count = new("""
        INSERT INTO sign_in_failures (failure_key, failures, last_failed_at) VALUES ($1, 1, $2)
        ON CONFLICT (failure_key) DO UPDATE SET
            failures = CASE WHEN sign_in_failures.last_failed_at < $3 THEN 1 ELSE sign_in_failures.failures + 1 END,
            last_failed_at = excluded.last_failed_at
        """);

    static readonly Sql Delete = new("DELETE FROM sign_in_failures WHERE failure_key = $1");

    static readonly Sql DeleteOld = new("DELETE FROM sign_in_failures WHERE last_failed_at < $1");

    public static async ValueTask<Dictionary<string, (long Failures, DateTimeOffset LastAt)>> Of(ReadScope scope, string[] keys) =>
        (await scope.List(Select, row => (Key: row.Text(0), Failures: row.Long(1), At: row.Time(2)), [keys])).ToDictionary(f => f.Key, f => (f.Failures, f.At));

    /// <summary>Counts a failure for each key; the count begins anew when the last one is older than <paramref name="forgottenBefore"/>.</summary>
    public static ValueTask Add(WriteScope scope, IEnumerable<string> keys, DateTimeOffset now, DateTimeOffset forgottenBefore) =>
        scope.ExecuteMany(Count, [.. keys.Select(key => new object?[] { key, now, forgottenBefore })]);

    public static async ValueTask Forget(WriteScope scope, string key) => await scope.Execute(Delete, key);

    public static async ValueTask Prune(WriteScope scope, DateTimeOffset before) => await scope.Execute(DeleteOld, before);
}
