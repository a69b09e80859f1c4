using System.Collections.Concurrent;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>A directory in memory, with one team that everybody but full is in.</summary>
public sealed class People : IDirectory, ITeamMembership
{
    readonly ConcurrentDictionary<AccountId, DirectoryEntry> _entries = new();

    public void Add(DirectoryEntry entry) => _entries[entry.Account] = entry;

    public ValueTask<bool> IsLocalDomain(string domain, CancellationToken cancellation) => new(true);

    public ValueTask<DirectoryEntry?> Find(string address, CancellationToken cancellation) =>
        new(_entries.Values.FirstOrDefault(entry => entry.Address.Equals(address, StringComparison.OrdinalIgnoreCase)));

    public ValueTask<DirectoryEntry?> Find(AccountId account, CancellationToken cancellation) => new(_entries.GetValueOrDefault(account));

    public ValueTask<IReadOnlyList<DirectoryEntry>> Find(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation) =>
        new([.. accounts.Where(_entries.ContainsKey).Select(account => _entries[account])]);

    public ValueTask<IReadOnlyList<DirectoryEntry>> Complete(Caller caller, string text, int limit, CancellationToken cancellation) =>
        new([.. _entries.Values.Where(entry => entry.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase) || entry.Address.StartsWith(text, StringComparison.OrdinalIgnoreCase)).OrderBy(entry => entry.Address).Take(limit)]);

    public ValueTask<IReadOnlyList<DirectoryEntry>> TeamsOf(AccountId person, CancellationToken cancellation) =>
        new([.. _entries.Values.Where(entry => entry.Kind == AccountKind.Team && _entries[person].Name != "Full")]);

    public ValueTask<IReadOnlyList<DirectoryEntry>> MembersOf(AccountId team, int limit, CancellationToken cancellation) =>
        new([.. _entries.Values.Where(entry => entry.Kind == AccountKind.User && entry.Name != "Full").OrderBy(entry => entry.Address).Take(limit)]);
}
