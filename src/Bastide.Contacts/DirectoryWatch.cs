using Bastide.Abstractions.Identity;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Contacts;

/// <summary>
/// Keeps the organisation's address book up with the people and teams there are: at start all of them, then whoever the
/// change feed names. Accounts that are older than this house get their address book too.
/// </summary>
sealed class DirectoryWatch(Database database, ChangeFeed feed, IDirectory directory, OrganisationDirectory book, TimeProvider time, ILogger<DirectoryWatch> logger) : BackgroundService
{
    const int Page = 200;
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>What moves when somebody is called otherwise, has other addresses, or is disabled.</summary>
    static readonly HashSet<DataType> Told = [new("Principal"), AccountTable.QuotaBound];

    /// <summary>Puts in whoever is missing and corrects the rest.</summary>
    public async Task All(CancellationToken cancellation)
    {
        await Complete(cancellation);
        var after = new AccountId(0);
        while (await database.Read(scope => AccountTable.Page(scope, after, Page), cancellation) is { Count: > 0 } accounts)
        {
            await Put(await directory.Find([.. accounts.Where(account => account.Kind != AccountKind.System).Select(account => account.Id)], cancellation), cancellation);
            after = accounts[^1].Id;
        }
    }

    /// <summary>Writes of these what is not as it should be, in one transaction; nothing where all of it is.</summary>
    async Task Put(IReadOnlyList<DirectoryEntry> entries, CancellationToken cancellation)
    {
        var outdated = await database.Read(scope => book.Outdated(scope, entries), cancellation);
        if (outdated.Count > 0) await database.Write(scope => book.Put(scope, outdated), cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // First the feed, then what there is: what commits in between is met twice, never missed.
        using var changes = feed.Subscribe();
        var isBehind = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (isBehind || changes.TakeOverflow()) await All(stoppingToken);
                isBehind = false;
                await changes.Changes.WaitToReadAsync(stoppingToken);
                while (changes.Changes.TryRead(out var change))
                    if (change.Types.Any(Told.Contains) && await directory.Find(change.Account, stoppingToken) is { } entry)
                        await Put([entry], stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The directory could not be brought up to date; trying again");
                isBehind = true;
                await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Gives accounts that have none their address book, and people who may not read the directory the right to.</summary>
    async Task Complete(CancellationToken cancellation)
    {
        var after = new AccountId(0);
        while (await database.Read(scope => AddressBookTable.AccountsWithout(scope, after, Page), cancellation) is { Count: > 0 } accounts)
        {
            await database.Write(async scope =>
            {
                foreach (var (account, _) in accounts) await AddressBooks.CreateFirst(scope, account, ContactAccounts.FirstName);
            }, cancellation);
            after = accounts[^1].Account;
        }

        var account = await database.Write(book.Account, cancellation);
        after = new AccountId(0);
        while (await database.Read(scope => DirectoryTable.PeopleWithout(scope, account, after, Page), cancellation) is { Count: > 0 } people)
        {
            await database.Write(async scope =>
            {
                foreach (var person in people) await OrganisationDirectory.Admit(scope, account, person);
            }, cancellation);
            after = people[^1];
        }
    }
}
