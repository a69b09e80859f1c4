using System.Collections.Concurrent;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace Bastide.Platform.Tests.Jobs;

public sealed class JobsOnSqlite(PlatformSqlite fixture) : JobsContract(fixture), IClassFixture<PlatformSqlite>;

public sealed class JobsOnPostgres(PlatformPostgres fixture) : JobsContract(fixture), IClassFixture<PlatformPostgres>;

/// <summary>Durable jobs: each runs once, comes back after a failure, and ends among the dead letters when it never works.</summary>
public abstract class JobsContract(DatabaseFixture fixture)
{
    readonly FakeTime _time = new();

    // Tests of a class share the table, so each has a kind of its own.
    readonly string _kind = "kind-" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_job_runs_once_and_goes()
    {
        var seen = new ConcurrentQueue<Job>();
        await using var runner = Runner(Does(job => { seen.Enqueue(job); return JobResult.Done; }));
        await Enqueue(new JobRequest(_kind, """{"a":1}"""));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(1);

        seen.ShouldHaveSingleItem().Payload.ShouldBe("""{"a":1}""");
        (await Pending()).ShouldBeEmpty();
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_job_of_a_transaction_that_fails_was_never_asked_for()
    {
        await Should.ThrowAsync<InvalidDataException>(fixture.Database.Write<bool>(async scope =>
        {
            await Queue.Enqueue(scope, new JobRequest(_kind, "{}"));
            throw new InvalidDataException();
        }, fixture.Cancellation));
        (await Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_waits_for_its_time()
    {
        await using var runner = Runner(Does(_ => JobResult.Done));
        await Enqueue(new JobRequest(_kind, "{}", _time.GetUtcNow().AddHours(1)));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(0);
        _time.Advance(TimeSpan.FromHours(1));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task A_job_under_a_name_is_one_job_with_the_latest_payload()
    {
        var seen = new ConcurrentQueue<string>();
        await using var runner = Runner(Does(job => { seen.Enqueue(job.Payload); return JobResult.Done; }));
        await Enqueue(new JobRequest(_kind, "1", Key: "k"));
        await Enqueue(new JobRequest(_kind, "2", Key: "k"));
        await Enqueue(new JobRequest(_kind, "3", Key: "other"));
        await Enqueue(new JobRequest(_kind, "4"));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(3);
        seen.Order().ShouldBe(["2", "3", "4"]);
    }

    [Fact]
    public async Task A_job_asked_for_again_while_it_runs_runs_once_more_and_not_beside_itself()
    {
        var seen = new ConcurrentQueue<string>();
        var began = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var runner = Runner(Does(async job =>
        {
            seen.Enqueue(job.Payload);
            began.TrySetResult();
            await go.Task;
            return JobResult.Done;
        }));
        await Enqueue(new JobRequest(_kind, "first", Key: "k"));
        var running = runner.RunDue(fixture.Cancellation);
        await Wait.For(began.Task);
        await Enqueue(new JobRequest(_kind, "second", Key: "k"));
        await using var other = Runner(MustNotRun("it runs beside itself"));
        (await other.RunDue(fixture.Cancellation)).ShouldBe(0);
        go.SetResult();
        (await Wait.For(running)).ShouldBe(2);
        seen.ShouldBe(["first", "second"]);
        (await Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_can_be_taken_back()
    {
        await using var runner = Runner(Does(_ => JobResult.Done));
        await Enqueue(new JobRequest(_kind, "{}", Key: "k"));
        (await fixture.Database.Write(scope => JobQueue.Cancel(scope, _kind, "k"), fixture.Cancellation)).ShouldBeTrue();
        (await fixture.Database.Write(scope => JobQueue.Cancel(scope, _kind, "k"), fixture.Cancellation)).ShouldBeFalse();
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task Many_asked_for_at_once_all_run()
    {
        var seen = new ConcurrentDictionary<string, int>();
        await using var runner = Runner(Does(job => { seen.AddOrUpdate(job.Payload, 1, (_, n) => n + 1); return JobResult.Done; }, concurrency: 8));
        await fixture.Database.Write(scope => Queue.EnqueueMany(scope, [.. Enumerable.Range(0, 50).Select(i => new JobRequest(_kind, $"{i}"))]), fixture.Cancellation);
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(50);
        seen.Count.ShouldBe(50);
        seen.Values.ShouldAllBe(n => n == 1);
    }

    [Fact]
    public async Task Two_nodes_never_run_one_job_twice()
    {
        var seen = new ConcurrentDictionary<string, int>();
        IJobHandler Handler() => Does(async job => { seen.AddOrUpdate(job.Payload, 1, (_, n) => n + 1); await Task.Yield(); return JobResult.Done; }, concurrency: 3);
        await using var here = Runner(Handler());
        await using var there = Runner(Handler());
        await fixture.Database.Write(scope => Queue.EnqueueMany(scope, [.. Enumerable.Range(0, 120).Select(i => new JobRequest(_kind, $"{i}"))]), fixture.Cancellation);
        await here.StartAsync(fixture.Cancellation);
        await there.StartAsync(fixture.Cancellation);
        await Wait.Until(async () => (await Pending()).Count == 0, "all jobs have run", fixture.Cancellation);
        await here.StopAsync(fixture.Cancellation);
        await there.StopAsync(fixture.Cancellation);
        seen.Count.ShouldBe(120);
        seen.Values.ShouldAllBe(n => n == 1);
    }

    [Fact]
    public async Task A_job_that_fails_comes_back_after_a_growing_while()
    {
        var attempts = new ConcurrentQueue<int>();
        await using var runner = Runner(Does(job => { attempts.Enqueue(job.Attempt); return job.Attempt < 3 ? JobResult.Again("not yet") : JobResult.Done; }));
        await Enqueue(new JobRequest(_kind, "{}"));
        await runner.RunDue(fixture.Cancellation);
        var waiting = (await Pending()).ShouldHaveSingleItem();
        waiting.Error.ShouldBe("not yet");
        (waiting.RunAt - _time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(0);

        _time.Advance(TimeSpan.FromSeconds(12));
        await runner.RunDue(fixture.Cancellation);
        ((await Pending()).ShouldHaveSingleItem().RunAt - _time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(24));
        _time.Advance(TimeSpan.FromSeconds(24));
        await runner.RunDue(fixture.Cancellation);
        attempts.ShouldBe([1, 2, 3]);
        (await Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_handler_may_say_when_to_try_again()
    {
        var at = _time.GetUtcNow().AddMinutes(90);
        await using var runner = Runner(Does(_ => JobResult.Again("greylisted", at)));
        await Enqueue(new JobRequest(_kind, "{}"));
        await runner.RunDue(fixture.Cancellation);
        (await Pending()).ShouldHaveSingleItem().RunAt.ShouldBe(at);
    }

    [Fact]
    public async Task A_job_that_never_works_is_a_dead_letter_and_may_be_retried_or_dropped()
    {
        var works = false;
        await using var runner = Runner(Does(_ => works ? JobResult.Done : throw new InvalidDataException("it is broken"), maxAttempts: 2));
        await Enqueue(new JobRequest(_kind, "{}"));
        await runner.RunDue(fixture.Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));
        await runner.RunDue(fixture.Cancellation);
        (await Pending()).ShouldBeEmpty();
        var dead = (await Dead()).ShouldHaveSingleItem();
        dead.Error.ShouldBe("it is broken");
        dead.Attempt.ShouldBe(2);

        works = true;
        (await fixture.Database.Write(scope => Queue.Retry(scope, dead.Id), fixture.Cancellation)).ShouldBeTrue();
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(1);
        (await Dead()).ShouldBeEmpty();
        (await fixture.Database.Write(scope => Queue.Retry(scope, dead.Id), fixture.Cancellation)).ShouldBeFalse();

        await using var hopeless = Runner(Does(_ => JobResult.Dead("no such user")));
        await Enqueue(new JobRequest(_kind, "{}"));
        await hopeless.RunDue(fixture.Cancellation);
        dead = (await Dead()).ShouldHaveSingleItem();
        (await fixture.Database.Write(scope => JobQueue.Drop(scope, dead.Id), fixture.Cancellation)).ShouldBeTrue();
        (await Dead()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_is_renewed_while_its_job_runs()
    {
        var go = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        await using var runner = Runner(Does(async _ => { began.SetResult(); await go.Task; return JobResult.Done; }));
        await Enqueue(new JobRequest(_kind, "{}"));
        await runner.StartAsync(fixture.Cancellation);
        await Wait.For(began.Task);
        await using var other = Runner(MustNotRun("the lease was lost"));
        for (var i = 0; i < 10; i++)
        {
            // The lane waits for its next look and the renewal for its next turn.
            await Wait.Until(() => _time.Waiting == 2, "both wait for the clock", fixture.Cancellation);
            var until = await LeasedUntil();
            _time.Advance(TimeSpan.FromSeconds(20));
            await Wait.Until(async () => await LeasedUntil() > until, "the lease is renewed", fixture.Cancellation);
            (await other.RunDue(fixture.Cancellation)).ShouldBe(0);
        }

        go.SetResult();
        await Wait.Until(async () => (await Pending()).Count == 0, "the job is done", fixture.Cancellation);
        await runner.StopAsync(fixture.Cancellation);
    }

    [Fact]
    public async Task The_job_of_a_lost_node_is_taken_again_after_its_lease()
    {
        var lost = new JobQueue(_time);
        await Enqueue(new JobRequest(_kind, "{}"));
        (await fixture.Database.Write(scope => lost.Lease(scope, _kind, "a node that is gone", TimeSpan.FromSeconds(60), 5), fixture.Cancellation)).Count.ShouldBe(1);
        var attempts = new ConcurrentQueue<int>();
        await using var runner = Runner(Does(job => { attempts.Enqueue(job.Attempt); return JobResult.Done; }));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(61));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(1);
        attempts.ShouldBe([2]);
    }

    [Fact]
    public async Task A_job_taken_over_by_another_node_is_cancelled_here_and_its_end_changes_nothing()
    {
        var began = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var runner = Runner(Does(async (_, cancellation) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => cancelled.SetResult(), TaskScheduler.Default);
            cancellation.ThrowIfCancellationRequested();
            return JobResult.Done;
        }));
        await Enqueue(new JobRequest(_kind, "{}"));
        await runner.StartAsync(fixture.Cancellation);
        await Wait.For(began.Task);
        await fixture.Database.Write(async scope => { await scope.Execute(new Sql("UPDATE jobs SET lease_owner = 'another' WHERE kind = $1"), _kind); }, fixture.Cancellation);
        _time.Advance(TimeSpan.FromSeconds(20));
        await Wait.For(cancelled.Task);
        await runner.StopAsync(fixture.Cancellation);
        (await Pending()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_is_begun_as_soon_as_its_transaction_commits()
    {
        var ran = new TaskCompletionSource();
        await using var runner = Runner(Does(_ => { ran.SetResult(); return JobResult.Done; }));
        await runner.StartAsync(fixture.Cancellation);
        // The clock stands still, so nothing but the commit can wake the runner.
        await Enqueue(new JobRequest(_kind, "{}"));
        await Wait.For(ran.Task);
        await runner.StopAsync(fixture.Cancellation);
    }

    [Fact]
    public async Task No_more_of_a_kind_run_at_once_than_its_bound()
    {
        var now = 0;
        var most = 0;
        await using var runner = Runner(Does(async _ =>
        {
            var mine = Interlocked.Increment(ref now);
            InterlockedMax(ref most, mine);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return JobResult.Done;
        }, concurrency: 2));
        await fixture.Database.Write(scope => Queue.EnqueueMany(scope, [.. Enumerable.Range(0, 30).Select(_ => new JobRequest(_kind, "{}"))]), fixture.Cancellation);
        await runner.StartAsync(fixture.Cancellation);
        await Wait.Until(async () => (await Pending()).Count == 0, "all have run", fixture.Cancellation);
        await runner.StopAsync(fixture.Cancellation);
        most.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_stop_waits_for_what_runs_and_an_impatient_one_gives_it_back()
    {
        var began = new TaskCompletionSource();
        var finished = false;
        var go = new TaskCompletionSource();
        await using (var runner = Runner(Does(async _ => { began.SetResult(); await go.Task; finished = true; return JobResult.Done; })))
        {
            await Enqueue(new JobRequest(_kind, "{}"));
            await runner.StartAsync(fixture.Cancellation);
            await Wait.For(began.Task);
            var stop = runner.StopAsync(CancellationToken.None);
            go.SetResult();
            await Wait.For(stop);
            finished.ShouldBeTrue();
            (await Pending()).ShouldBeEmpty();
        }

        began = new TaskCompletionSource();
        await using var hurried = Runner(Does(async (_, cancellation) => { began.SetResult(); await Task.Delay(Timeout.Infinite, cancellation); return JobResult.Done; }));
        await Enqueue(new JobRequest(_kind, "{}"));
        await hurried.StartAsync(fixture.Cancellation);
        await Wait.For(began.Task);
        await Wait.For(hurried.StopAsync(new CancellationToken(canceled: true)));
        var back = (await Pending()).ShouldHaveSingleItem();
        back.Attempt.ShouldBe(0);
        await using var next = Runner(Does(_ => JobResult.Done));
        (await next.RunDue(fixture.Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task Recurring_work_comes_back_after_success_and_after_failure()
    {
        var fail = false;
        var ran = 0;
        await using var runner = Runner(Does(_ => { ran++; return fail ? throw new InvalidDataException("this time not") : JobResult.Done; }, every: TimeSpan.FromHours(24), maxAttempts: 1));
        await using var second = Runner(Does(_ => JobResult.Done, every: TimeSpan.FromHours(24)));
        await runner.StartAsync(fixture.Cancellation);
        await Wait.Until(async () => (await Pending()).Count == 1, "the job is made", fixture.Cancellation);
        await second.StartAsync(fixture.Cancellation);
        await second.StopAsync(fixture.Cancellation);
        await runner.StopAsync(fixture.Cancellation);
        (await Pending()).Count.ShouldBe(1);

        _time.Advance(TimeSpan.FromMinutes(5));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(1);
        (await Pending()).ShouldHaveSingleItem().RunAt.ShouldBe(_time.GetUtcNow().AddHours(24));
        fail = true;
        _time.Advance(TimeSpan.FromHours(24));
        (await runner.RunDue(fixture.Cancellation)).ShouldBe(1);
        (await Pending()).ShouldHaveSingleItem().Error.ShouldBe("this time not");
        (await Dead()).ShouldBeEmpty();
        ran.ShouldBe(2);
    }

    JobQueue Queue => field ??= new JobQueue(_time);

    JobRunner Runner(IJobHandler handler) => new(fixture.Database, Queue, [handler], _time, NullLogger<JobRunner>.Instance);

    Task Enqueue(JobRequest request) => fixture.Database.Write(async scope => { await Queue.Enqueue(scope, request); }, fixture.Cancellation);

    async Task<List<Job>> Pending() => await fixture.Database.Read(scope => JobQueue.Pending(scope, _kind, 1000), fixture.Cancellation);

    async Task<List<Job>> Dead() => [.. (await fixture.Database.Read(scope => JobQueue.Dead(scope, 1000), fixture.Cancellation)).Where(job => job.Kind == _kind)];

    async Task<long?> LeasedUntil() => await fixture.Database.Read(scope => scope.Long(new Sql("SELECT leased_until FROM jobs WHERE kind = $1"), _kind), fixture.Cancellation);

    Handler Does(Func<Job, JobResult> work, int concurrency = 4, int maxAttempts = 20, TimeSpan? every = null) =>
        new(_kind, (job, _) => Task.FromResult(work(job)), concurrency, maxAttempts, every);

    Handler Does(Func<Job, Task<JobResult>> work, int concurrency = 4) => new(_kind, (job, _) => work(job), concurrency, 20, null);

    Handler Does(Func<Job, CancellationToken, Task<JobResult>> work) => new(_kind, work, 4, 20, null);

    Handler MustNotRun(string why) => new(_kind, (_, _) => throw new InvalidOperationException(why), 4, 20, null);

    static void InterlockedMax(ref int most, int value)
    {
        for (int seen; value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen;)
        {
        }
    }

    sealed class Handler(string kind, Func<Job, CancellationToken, Task<JobResult>> work, int concurrency, int maxAttempts, TimeSpan? every) : IJobHandler
    {
        public string Kind => kind;

        public int Concurrency => concurrency;

        public int MaxAttempts => maxAttempts;

        public TimeSpan? Every => every;

        public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation) => await work(job, cancellation);
    }
}
