using Bastide.Calendar.Store;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Bastide.Calendar.Alarms;

/// <summary>Wakes when an alarm is due, when more of them are to be looked for, and when a calendar changed. Every node has one.</summary>
sealed class AlarmClock(Database database, ChangeFeed feed, AlarmPlanning planning, AlarmFiring firing, TimeProvider time, ILogger<AlarmClock> logger) : BackgroundService
{
    static readonly Duration LongestSleep = Duration.FromSeconds(30);

    // Many changes become one look.
    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // First the feed, then what there is: what commits in between is met twice, never missed.
        using var changes = feed.Subscribe();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What was due before a change is let off first: it may be that the change takes it away.
                await firing.Fire(stoppingToken);
                await planning.Plan(stoppingToken);
                await firing.Fire(stoppingToken);
                await Sleep(changes, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Alarms could not be looked for; trying again");
                await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task Sleep(ChangeFeed.Subscription changes, CancellationToken stopping)
    {
        var next = await database.Read(async scope => (Due: await AlarmTable.Next(scope), Plan: await AlarmPlanTable.Next(scope)), stopping);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var pause = LongestSleep;
        foreach (var at in new[] { next.Due, next.Plan })
            if (at is { } seconds && Instant.FromUnixTimeSeconds(seconds) - now is var until && until < pause)
                pause = until;
        if (pause <= Duration.Zero) return;
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var rung = Task.Delay(pause.ToTimeSpan(), time, awake.Token);
        while (!rung.IsCompleted)
        {
            var changed = changes.Changes.WaitToReadAsync(awake.Token).AsTask();
            if (await Task.WhenAny(rung, changed) == rung) break;
            await Task.Delay(Gap, time, stopping);
            var concerns = changes.TakeOverflow();
            while (changes.Changes.TryRead(out var change)) concerns |= change.Types.Count == 0 || change.Types.Contains(CalendarTypes.CalendarObject) || change.Types.Contains(CalendarTypes.Calendar);
            if (concerns) break;
        }

        await awake.CancelAsync();
    }
}
