using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Abstractions.Identity;

/// <summary>Modules that keep something for each account hear of its birth and end, inside the same transaction.</summary>
public interface IAccountListener
{
    /// <summary>An account came: make what it begins with (role mailboxes, the default calendar).</summary>
    ValueTask Created(WriteScope scope, AccountId account, AccountKind kind, string name, string address);

    /// <summary>An account goes: remove what is kept for it.</summary>
    ValueTask Removing(WriteScope scope, AccountId account);
}
