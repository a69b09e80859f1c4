using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Mail.Tests.Store;

/// <summary>A directory that knows one account.</summary>
sealed class OneDirectory(AccountId account, string address, params string[] aliases) : IDirectory
{
    readonly DirectoryEntry _entry = new(account, AccountKind.User, "Alice", address, aliases, false);

    public ValueTask<bool> IsLocalDomain(string domain, CancellationToken cancellation) => new(address.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase));

    public ValueTask<DirectoryEntry?> Find(string address, CancellationToken cancellation) =>
        new(_entry.Aliases.Append(_entry.Address).Contains(address, StringComparer.OrdinalIgnoreCase) ? _entry : null);

    public ValueTask<DirectoryEntry?> Find(AccountId account, CancellationToken cancellation) => new(account == _entry.Account ? _entry : null);

    public ValueTask<IReadOnlyList<DirectoryEntry>> Find(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation) => new(accounts.Contains(_entry.Account) ? [_entry] : []);

    public ValueTask<IReadOnlyList<DirectoryEntry>> Complete(Caller caller, string text, int limit, CancellationToken cancellation) => new([]);
}
