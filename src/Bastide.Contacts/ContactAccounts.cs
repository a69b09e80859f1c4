using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Contacts;

/// <summary>Gives every person and team their address book when the account is made, and puts them into the directory.</summary>
sealed class ContactAccounts(OrganisationDirectory directory) : IAccountListener
{
    /// <summary>What the address book is called that every account begins with.</summary>
    public const string FirstName = "Contacts";

    public async ValueTask Created(WriteScope scope, AccountId account, AccountKind kind, string name, string address)
    {
        if (kind == AccountKind.System) return;
        await AddressBooks.CreateFirst(scope, account, FirstName);
        await directory.Put(scope, [new DirectoryEntry(account, kind, name, address, [], Disabled: false)]);
    }

    /// <summary>What contacts keep refers to the account and goes with its row; the directory's card of it does not.</summary>
    public ValueTask Removing(WriteScope scope, AccountId account) => OrganisationDirectory.Remove(scope, account);
}
