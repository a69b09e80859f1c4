using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>The people and teams of the workplace as principals (RFC 9670): everybody sees everybody, nobody sees who is disabled.</summary>
sealed class Principals(Database database)
{
    const int PageSize = 1000;
    const int MostAccounts = 100_000;

    /// <summary>Everybody by account, a digest that changes when any of it does, and the accounts that the caller reaches.</summary>
    public ValueTask<(IReadOnlyList<DirectoryEntry> All, string State, IReadOnlyDictionary<AccountId, (Account Account, Rights Rights)> Reached)> All(Caller caller, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<DirectoryEntry>, string, IReadOnlyDictionary<AccountId, (Account, Rights)>)>(async scope =>
        {
            var all = new List<DirectoryEntry>();
            for (var after = new AccountId(0); all.Count < MostAccounts;)
            {
                var page = await AccountTable.Page(scope, after, PageSize);
                all.AddRange((await AddressTable.Find(scope, page.Where(account => account is { Kind: AccountKind.User or AccountKind.Team, Disabled: false }).Select(account => account.Id).ToList())).OrderBy(entry => entry.Account.Value));
                if (page.Count < PageSize) break;
                after = page[^1].Id;
            }

            var reached = (await Access.Reachable(scope, caller)).DistinctBy(other => other.Account.Id).ToDictionary(other => other.Account.Id, other => (other.Account, other.Whole));
            if (await AccountTable.Find(scope, caller.Person) is { } own) reached[own.Id] = (own, Rights.Owner);
            return (all, Digest(all, reached.Keys), reached);
        }, cancellation);

    static string Digest(List<DirectoryEntry> all, IEnumerable<AccountId> reached)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in all) hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Account}\u001f{entry.Name}\u001f{entry.Address}\n"));
        foreach (var account in reached.OrderBy(account => account.Value)) hash.AppendData(Encoding.UTF8.GetBytes($"{account}\n"));
        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, 12));
    }
}
