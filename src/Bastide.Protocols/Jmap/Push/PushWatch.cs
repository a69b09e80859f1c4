using Bastide.Abstractions.Jmap;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>
/// Listens to the feed and asks for a delivery to every device that a change may concern; what it is told is decided when
/// the delivery runs. At start, and whenever a wake-up may have been lost, it asks for all of them.
/// </summary>
sealed class PushWatch(ChangeFeed feed, Database database, IPushSubscriptions subscriptions, JobQueue jobs, TimeProvider time, ILogger<PushWatch> logger) : BackgroundService
{
    // Many commits become one look: devices need not hear of each message of an import.
    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    const int Page = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = feed.Subscribe();
        var changed = new HashSet<AccountId>();
        var isEverything = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (isEverything || changed.Count > 0) await Ask(isEverything ? [] : changed, stoppingToken);
                isEverything = false;
                changed.Clear();
                changed.Add((await subscription.Changes.ReadAsync(stoppingToken)).Account);
                await Task.Delay(Gap, time, stoppingToken);
                while (subscription.Changes.TryRead(out var more)) changed.Add(more.Account);
                isEverything = subscription.TakeOverflow();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Devices could not be told of changes; it is tried again");
                isEverything = true;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task Ask(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation)
    {
        long after = 0;
        while (true)
        {
            var concerned = await database.Read(scope => subscriptions.Concerned(scope, accounts, after, Page), cancellation);
            if (concerned.Count > 0) await database.Write(scope => jobs.EnqueueMany(scope, [.. concerned.Select(id => PushJobs.For(PushJobs.Delivery, id))]), cancellation);
            if (concerned.Count < Page) return;
            after = concerned[^1];
        }
    }
}
