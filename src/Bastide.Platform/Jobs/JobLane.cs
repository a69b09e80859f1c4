using System.Collections.Concurrent;
using System.Diagnostics;
using Bastide.Platform.Db;
using Bastide.Platform.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform.Jobs;

/// <summary>The jobs of one kind on this node: leases as many as it may run at once, and renews the leases while they run.</summary>
sealed class JobLane(IJobHandler handler, string owner, Database database, JobQueue queue, TimeProvider time, ILogger logger)
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);
    static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromSeconds(5);
    static readonly TimeSpan FirstRecurringAfter = TimeSpan.FromMinutes(5);
    static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(6);
    readonly ConcurrentDictionary<long, Running> _running = new();
    Task? _loop;

    public string Kind => handler.Kind;

    public bool HasStopped => _loop is { IsCompleted: true };

    public Task Start(CancellationToken stopping, CancellationToken impatient) => _loop = Task.Run(() => Loop(stopping, impatient), CancellationToken.None);

    public async Task<int> RunDue(CancellationToken cancellation)
    {
        var jobs = await Take(handler.Concurrency, cancellation);
        await Task.WhenAll(jobs.Select(job => Run(job, cancellation)));
        return jobs.Count;
    }

    async Task Loop(CancellationToken stopping, CancellationToken impatient)
    {
        var signals = queue.Signals(Kind);
        using var ended = new CancellationTokenSource();
        var renewals = RenewWhileRunning(ended.Token);
        var prepared = false;
        while (!stopping.IsCancellationRequested)
        {
            var pause = LookAtLeastEvery;
            try
            {
                if (!prepared) await PrepareRecurring(stopping);
                prepared = true;
                var free = handler.Concurrency - _running.Count;
                if (free > 0)
                {
                    foreach (var job in await Take(free, stopping)) Begin(job, impatient);
                    pause = await UntilNext(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The jobs of the kind {Kind} could not be looked up; trying again", Kind);
            }

            await Sleep(signals, pause, stopping);
        }

        await Task.WhenAll(_running.Values.Select(running => running.Task));
        await ended.CancelAsync();
        await renewals;
    }

    /// <summary>Until a signal comes, a running job leaves room, or the time is over.</summary>
    async Task Sleep(System.Threading.Channels.ChannelReader<bool> signals, TimeSpan pause, CancellationToken stopping)
    {
        if (pause <= TimeSpan.Zero) return;
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(pause, time, awake.Token), signals.WaitToReadAsync(awake.Token).AsTask());
        await awake.CancelAsync();
        while (signals.TryRead(out _))
        {
        }
    }

    async Task PrepareRecurring(CancellationToken cancellation)
    {
        if (handler.Every is not { } every) return;
        var first = time.GetUtcNow() + (every < FirstRecurringAfter ? every : FirstRecurringAfter);
        await database.Write(scope => queue.EnsureRecurring(scope, Kind, first), cancellation);
    }

    async Task<TimeSpan> UntilNext(CancellationToken cancellation)
    {
        // All places taken: the end of a job wakes the lane.
        if (_running.Count >= handler.Concurrency) return LookAtLeastEvery;
        var next = await database.Read(scope => JobQueue.NextDue(scope, Kind), cancellation);
        var until = next - time.GetUtcNow() ?? LookAtLeastEvery;
        return until < LookAtLeastEvery ? until : LookAtLeastEvery;
    }

    async Task<List<Job>> Take(int limit, CancellationToken cancellation)
    {
        // The look costs no write: on the embedded database an idle server writes nothing.
        var next = await database.Read(scope => JobQueue.NextDue(scope, Kind), cancellation);
        if (next is null || next > time.GetUtcNow()) return [];
        var jobs = await database.Write(scope => queue.Lease(scope, Kind, owner, Lease, limit), cancellation);
        // One whose renewals failed for so long that its lease ended is still running here: it stays one run.
        jobs.RemoveAll(job => _running.ContainsKey(job.Id));
        return jobs;
    }

    void Begin(Job job, CancellationToken impatient)
    {
        var running = new Running(job, CancellationTokenSource.CreateLinkedTokenSource(impatient));
        _running[job.Id] = running;
        running.Task = Task.Run(async () =>
        {
            try
            {
                await Run(job, running.Cancel.Token);
            }
            finally
            {
                _running.TryRemove(job.Id, out _);
                queue.Wake(Kind);
            }
        }, CancellationToken.None);
    }

    async Task Run(Job job, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        JobResult? result;
        try
        {
            result = job.Attempt > handler.MaxAttempts && handler.Every is null
                ? JobResult.Dead(job.Error ?? "The server stopped each time it ran.")
                : await handler.Run(job, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            result = null;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Job {Job} of the kind {Kind} failed at attempt {Attempt}", job.Id, Kind, job.Attempt);
            result = JobResult.Again(exception.Message);
        }

        if (_running.TryGetValue(job.Id, out var running)) running.IsOver = true;
        if (result is null)
        {
            await Conclude(job, scope => queue.Release(scope, job, owner, job.RunAt, job.Error, dead: false, job.Attempt - 1));
            return;
        }

        var outcome = await Conclude(job, result);
        BastideMeter.JobRan(Kind, outcome, Stopwatch.GetElapsedTime(began));
    }

    async Task<string> Conclude(Job job, JobResult result)
    {
        var now = time.GetUtcNow();
        if (result.Error is null)
        {
            if (handler.Every is { } every) await Conclude(job, scope => queue.Release(scope, job, owner, now + every, null, dead: false, 0));
            else await Conclude(job, scope => queue.Finish(scope, job, owner));
            return "done";
        }

        var dead = handler.Every is null && (result.IsDead || job.Attempt >= handler.MaxAttempts);
        var again = result.At ?? now + BackOff(job.Attempt);
        if (dead) logger.LogWarning("Job {Job} of the kind {Kind} is given up after {Attempt} attempts: {Error}", job.Id, Kind, job.Attempt, result.Error);
        await Conclude(job, scope => queue.Release(scope, job, owner, again, result.Error, dead, job.Attempt));
        return dead ? "dead" : "again";
    }

    /// <summary>Writes the outcome. When even that fails the lease runs out and the job runs again.</summary>
    async Task Conclude(Job job, Func<WriteScope, ValueTask> write)
    {
        try
        {
            await database.Write(write, CancellationToken.None);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The outcome of job {Job} of the kind {Kind} could not be noted; it runs again after its lease", job.Id, Kind);
        }
    }

    TimeSpan BackOff(int attempt)
    {
        var longest = handler.Every ?? LongestBackOff;
        var grown = FirstBackOff * Math.Pow(2, Math.Min(attempt - 1, 20));
        // Jitter keeps jobs that failed together from coming back together.
        return (grown < longest ? grown : longest) * (0.8 + (Random.Shared.NextDouble() * 0.4));
    }

    async Task RenewWhileRunning(CancellationToken ended)
    {
        while (await Pause(RenewEvery, ended))
        {
            var ids = _running.Values.Where(running => !running.IsOver).Select(running => running.Job.Id).ToArray();
            if (ids.Length == 0) continue;
            try
            {
                var held = await database.Write(scope => queue.Renew(scope, owner, Lease, ids), CancellationToken.None);
                foreach (var lost in ids.Except(held))
                {
                    if (!_running.TryGetValue(lost, out var running) || running.IsOver) continue;
                    logger.LogWarning("Job {Job} of the kind {Kind} was taken over by another node", lost, Kind);
                    await running.Cancel.CancelAsync();
                }
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The leases of the kind {Kind} could not be renewed; trying again", Kind);
            }
        }
    }

    async Task<bool> Pause(TimeSpan pause, CancellationToken ended)
    {
        await Task.Delay(pause, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCancellationRequested;
    }

    /// <summary>A job that runs. Its source of cancellation is left to the collector: the renewal may still hold it.</summary>
    sealed class Running(Job job, CancellationTokenSource cancel)
    {
        public Job Job => job;

        public CancellationTokenSource Cancel => cancel;

        public Task Task { get; set; } = Task.CompletedTask;

        /// <summary>Whether it has ended, so that its lease is nobody's concern any more.</summary>
        public bool IsOver { get; set; }
    }
}
