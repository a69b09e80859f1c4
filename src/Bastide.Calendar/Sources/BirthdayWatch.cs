using Bastide.Abstractions.Contacts;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Calendar.Sources;

/// <summary>Has calendars of birthdays read again when the contacts of their account change. A wake-up that is lost is made good by the next day's reading.</summary>
sealed class BirthdayWatch(Database database, ChangeFeed feed, JobQueue jobs, IEnumerable<IAnniversaries> houses, TimeProvider time, ILogger<BirthdayWatch> logger) : BackgroundService
{
    static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    /// <summary>Has those of an account read again.</summary>
    public async Task Changed(AccountId account, CancellationToken cancellation)
    {
        var some = (await database.Read(scope => SourceTable.Of(scope, account), cancellation)).Values.Where(source => SourceAddress.Parse(source.Address) is { IsBirthdays: true }).ToList();
        if (some.Count == 0) return;
        await database.Write(async scope =>
        {
            foreach (var source in some) await SourceRefresh.Ask(scope, jobs, source, time.GetUtcNow());
        }, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (houses.FirstOrDefault() is not { } house) return;
        using var changes = feed.Subscribe();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await changes.Changes.WaitToReadAsync(stoppingToken);
                // Many changes become one look.
                await Task.Delay(Gap, time, stoppingToken);
                var accounts = new HashSet<AccountId>();
                while (changes.Changes.TryRead(out var change))
                    if (change.Types.Contains(house.Type))
                        accounts.Add(change.Account);
                foreach (var account in accounts) await Changed(account, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "A calendar of birthdays could not be asked for");
            }
        }
    }
}
