using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Identity;

/// <summary>Who is behind an address. Offered by the identity module.</summary>
public interface IDirectory
{
    /// <summary>Whether mail of this domain is delivered here. Compared in lower case, A-labels and U-labels alike.</summary>
    ValueTask<bool> IsLocalDomain(string domain, CancellationToken cancellation);

    /// <summary>
    /// The account that an address (primary or alias, sub-address <c>name+detail</c> removed) delivers to, or null.
    /// </summary>
    ValueTask<DirectoryEntry?> Find(string address, CancellationToken cancellation);

    /// <summary>The entry of an account, or null.</summary>
    ValueTask<DirectoryEntry?> Find(AccountId account, CancellationToken cancellation);

    /// <summary>The entries of those of the accounts that have one.</summary>
    ValueTask<IReadOnlyList<DirectoryEntry>> Find(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> people and teams whose name or address begins with the text, for completion.</summary>
    ValueTask<IReadOnlyList<DirectoryEntry>> Complete(Caller caller, string text, int limit, CancellationToken cancellation);
}
