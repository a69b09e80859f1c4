using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>Who is behind an address, for every module.</summary>
sealed class AddressDirectory(Database database, Domains domains) : IDirectory
{
    const int MostCompletions = 100;

    public async ValueTask<bool> IsLocalDomain(string domain, CancellationToken cancellation) =>
        Address.TryParseDomain(domain, out var name) && (name == domains.Primary || await database.Read(scope => DomainTable.Exists(scope, name), cancellation));

    public async ValueTask<DirectoryEntry?> Find(string address, CancellationToken cancellation)
    {
        if (!Address.TryParse(address, out var parsed)) return null;
        return await database.Read(scope => AddressTable.Find(scope, parsed.WithoutDetail), cancellation);
    }

    public ValueTask<DirectoryEntry?> Find(AccountId account, CancellationToken cancellation) =>
        database.Read(scope => AddressTable.Find(scope, account), cancellation);

    public async ValueTask<IReadOnlyList<DirectoryEntry>> Find(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation) =>
        await database.Read(scope => AddressTable.Find(scope, [.. accounts]), cancellation);

    /// <summary>Everybody of the workplace sees everybody; nobody sees who is disabled.</summary>
    public async ValueTask<IReadOnlyList<DirectoryEntry>> Complete(Caller caller, string text, int limit, CancellationToken cancellation)
    {
        text = text.Trim();
        if (text.Length == 0 || limit <= 0) return [];
        return await database.Read(async scope =>
        {
            var found = await AddressTable.Beginning(scope, text, Math.Min(limit, MostCompletions));
            var entries = (await AddressTable.Find(scope, found)).ToDictionary(e => e.Account);
            return found.Select(account => entries[account]).ToList();
        }, cancellation);
    }
}
