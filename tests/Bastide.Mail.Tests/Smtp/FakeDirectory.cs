using System.Collections.Concurrent;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>The people of a test's workplace.</summary>
sealed class FakeDirectory : IDirectory
{
    readonly ConcurrentDictionary<string, DirectoryEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Domains { get; } = new(StringComparer.OrdinalIgnoreCase) { TestSettings.Domain };

    public void Add(DirectoryEntry entry)
    {
        _entries[entry.Address] = entry;
        foreach (var alias in entry.Aliases) _entries[alias] = entry;
    }

    public void Remove(DirectoryEntry entry)
    {
        foreach (var address in (string[])[entry.Address, .. entry.Aliases]) _entries.TryRemove(address, out _);
    }

    public ValueTask<bool> IsLocalDomain(string domain, CancellationToken cancellation) => ValueTask.FromResult(Domains.Contains(domain));

    public ValueTask<DirectoryEntry?> Find(string address, CancellationToken cancellation)
    {
        if (_entries.TryGetValue(address, out var entry)) return ValueTask.FromResult<DirectoryEntry?>(entry);
        var at = address.LastIndexOf('@');
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        return ValueTask.FromResult(plus > 0 && plus < at && _entries.TryGetValue(address[..plus] + address[at..], out entry) ? entry : null);
    }

    public ValueTask<DirectoryEntry?> Find(AccountId account, CancellationToken cancellation) =>
        ValueTask.FromResult(_entries.Values.FirstOrDefault(e => e.Account == account));

    public ValueTask<IReadOnlyList<DirectoryEntry>> Find(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DirectoryEntry>>([.. _entries.Values.Distinct().Where(e => accounts.Contains(e.Account))]);

    public ValueTask<IReadOnlyList<DirectoryEntry>> Complete(Caller caller, string text, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DirectoryEntry>>([]);
}
