using System.Collections.Concurrent;
using System.Threading.Channels;
using Bastide.Platform.Db;

namespace Bastide.Platform.Jobs;

/// <summary>
/// Durable work for later. What is asked for within a transaction is there exactly when that transaction is. A job
/// belongs to the node that leased it until the lease ends; <see cref="JobRunner"/> runs them.
/// </summary>
public sealed class JobQueue(TimeProvider time)
{
    // A job that is asked for again while it runs gets a new revision, so that its end does not remove the new request.
    static readonly Sql Insert = new("""
        INSERT INTO jobs (kind, job_key, payload, run_at, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (kind, job_key) DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at,
            attempts = 0, dead = FALSE, error = NULL, revision = jobs.revision + 1
        RETURNING id
        """);

    static readonly Sql InsertOnce = new("""
        INSERT INTO jobs (kind, job_key, payload, run_at, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (kind, job_key) DO NOTHING
        """);

    static readonly Sql DeleteByKey = new("DELETE FROM jobs WHERE kind = $1 AND job_key = $2");

    static readonly Sql SelectPending = new($"""
        SELECT {Columns} FROM jobs WHERE kind = $1 AND dead = FALSE ORDER BY run_at, id LIMIT $2
        """);

    static readonly Sql SelectByKey = new($"SELECT {Columns} FROM jobs WHERE kind = $1 AND job_key = $2 AND dead = FALSE");

    static readonly Sql SelectDead = new($"SELECT {Columns} FROM jobs WHERE dead = TRUE ORDER BY id LIMIT $1");

    static readonly Sql Revive = new("""
        UPDATE jobs SET dead = FALSE, attempts = 0, run_at = $2, revision = revision + 1 WHERE id = $1 AND dead = TRUE RETURNING kind
        """);

    static readonly Sql DeleteDead = new("DELETE FROM jobs WHERE id = $1 AND dead = TRUE");

    // MATERIALIZED keeps PostgreSQL from running the locking part more than once within one statement.
    static readonly Sql TakeDue = new($"""
        WITH due AS MATERIALIZED (
            SELECT id FROM jobs WHERE kind = $1 AND dead = FALSE AND run_at <= $2 AND (leased_until IS NULL OR leased_until <= $2)
            ORDER BY run_at, id LIMIT $5 {"{lock skip}"}
        )
        UPDATE jobs SET leased_until = $3, lease_owner = $4, attempts = attempts + 1 WHERE id IN (SELECT id FROM due)
        RETURNING {Columns}
        """);

    static readonly Sql SelectNext = new("""
        SELECT run_at, leased_until FROM jobs WHERE kind = $1 AND dead = FALSE ORDER BY run_at, id LIMIT 64
        """);

    static readonly Sql RenewLeases = new("UPDATE jobs SET leased_until = $2 WHERE lease_owner = $1 AND id {any $3} RETURNING id");

    static readonly Sql DeleteDone = new("DELETE FROM jobs WHERE id = $1 AND lease_owner = $2 AND revision = $3");

    static readonly Sql ReleaseUnchanged = new("""
        UPDATE jobs SET leased_until = NULL, lease_owner = NULL, run_at = $4, error = $5, dead = $6, attempts = $7
        WHERE id = $1 AND lease_owner = $2 AND revision = $3
        """);

    static readonly Sql ReleaseChanged = new("UPDATE jobs SET leased_until = NULL, lease_owner = NULL WHERE id = $1 AND lease_owner = $2");

    const string Columns = "id, kind, job_key, payload, attempts, created_at, run_at, error, revision";

    const string RecurringKey = "recurring";

    readonly ConcurrentDictionary<string, Channel<bool>> _signals = new();

    /// <summary>Asks for a job within the transaction. Answers its number.</summary>
    public async ValueTask<long> Enqueue(WriteScope scope, JobRequest request)
    {
        var now = time.GetUtcNow();
        var id = (await scope.Long(Insert, request.Kind, request.Key, request.Payload, request.RunAt ?? now, now))!.Value;
        scope.AfterCommit(() => Wake(request.Kind));
        return id;
    }

    /// <summary>Asks for many at once.</summary>
    public async ValueTask EnqueueMany(WriteScope scope, IReadOnlyList<JobRequest> requests)
    {
        var now = time.GetUtcNow();
        await scope.ExecuteMany(Insert, [.. requests.Select(r => new object?[] { r.Kind, r.Key, r.Payload, r.RunAt ?? now, now })]);
        scope.AfterCommit(() =>
        {
            foreach (var kind in requests.Select(r => r.Kind).Distinct()) Wake(kind);
        });
    }

    /// <summary>Takes back a job asked for under a name. False when there is none; one that runs is not stopped.</summary>
    public static async ValueTask<bool> Cancel(WriteScope scope, string kind, string key) => await scope.Execute(DeleteByKey, kind, key) > 0;

    /// <summary>The jobs of a kind that wait or run, the next first.</summary>
    public static ValueTask<List<Job>> Pending(ReadScope scope, string kind, int limit) => scope.List(SelectPending, Map, kind, limit);

    /// <summary>The job that waits or runs under a name, or null.</summary>
    public static ValueTask<Job?> Find(ReadScope scope, string kind, string key) => scope.First(SelectByKey, Map, kind, key);

    /// <summary>The jobs that were given up, with the error that ended each.</summary>
    public static ValueTask<List<Job>> Dead(ReadScope scope, int limit) => scope.List(SelectDead, Map, limit);

    /// <summary>Gives a dead job a new start. False when there is none of that number.</summary>
    public async ValueTask<bool> Retry(WriteScope scope, long id)
    {
        var kind = await scope.First(Revive, row => row.Text(0), id, time.GetUtcNow());
        if (kind is null) return false;
        scope.AfterCommit(() => Wake(kind));
        return true;
    }

    /// <summary>Forgets a dead job. False when there is none of that number.</summary>
    public static async ValueTask<bool> Drop(WriteScope scope, long id) => await scope.Execute(DeleteDead, id) > 0;

    /// <summary>Makes the runners look for jobs now, because another process may have asked for some.</summary>
    public void WakeAll()
    {
        foreach (var kind in _signals.Keys) Wake(kind);
    }

    internal ChannelReader<bool> Signals(string kind) => SignalOf(kind).Reader;

    internal async ValueTask EnsureRecurring(WriteScope scope, string kind, DateTimeOffset first) =>
        await scope.Execute(InsertOnce, kind, RecurringKey, "{}", first, time.GetUtcNow());

    internal async ValueTask<List<Job>> Lease(WriteScope scope, string kind, string owner, TimeSpan lease, int limit)
    {
        var now = time.GetUtcNow();
        return await scope.List(TakeDue, Map, kind, now, now + lease, owner, limit);
    }

    /// <summary>When the next job of the kind can be leased; null when none waits.</summary>
    internal static async ValueTask<DateTimeOffset?> NextDue(ReadScope scope, string kind)
    {
        var next = await scope.List(SelectNext, row => (RunAt: row.Time(0), LeasedUntil: row.TimeOrNull(1)), kind);
        return next.Count == 0 ? null : next.Min(job => job.LeasedUntil > job.RunAt ? job.LeasedUntil.Value : job.RunAt);
    }

    /// <summary>Keeps the leases; answers those that are still held.</summary>
    internal ValueTask<List<long>> Renew(WriteScope scope, string owner, TimeSpan lease, long[] ids) =>
        scope.List(RenewLeases, row => row.Long(0), owner, time.GetUtcNow() + lease, ids);

    /// <summary>Ends a lease because the job is done.</summary>
    internal async ValueTask Finish(WriteScope scope, Job job, string owner)
    {
        if (await scope.Execute(DeleteDone, job.Id, owner, job.Revision) > 0) return;
        await scope.Execute(ReleaseChanged, job.Id, owner);
        scope.AfterCommit(() => Wake(job.Kind));
    }

    /// <summary>Ends a lease and leaves the job for later or for the dead, unless it was asked for anew meanwhile.</summary>
    internal async ValueTask Release(WriteScope scope, Job job, string owner, DateTimeOffset runAt, string? error, bool dead, int attempts)
    {
        if (await scope.Execute(ReleaseUnchanged, job.Id, owner, job.Revision, runAt, error, dead, attempts) > 0) return;
        await scope.Execute(ReleaseChanged, job.Id, owner);
        scope.AfterCommit(() => Wake(job.Kind));
    }

    internal void Wake(string kind) => SignalOf(kind).Writer.TryWrite(true);

    Channel<bool> SignalOf(string kind) => _signals.GetOrAdd(kind, static _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));

    static Job Map(Row row) =>
        new(row.Long(0), row.Text(1), row.TextOrNull(2), row.Text(3), row.Int(4), row.Time(5), row.Time(6), row.TextOrNull(7)) { Revision = row.Long(8) };
}
