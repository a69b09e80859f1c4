using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail;

/// <summary>Gives every person and team their mailboxes and first identity when the account is made.</summary>
sealed class MailAccounts(Mailboxes mailboxes) : IAccountListener
{
    public async ValueTask Created(WriteScope scope, AccountId account, AccountKind kind, string name, string address)
    {
        if (kind == AccountKind.System) return;
        await mailboxes.CreateFirst(scope, account);
        await Identities.CreateFirst(scope, account, name, address);
    }

    /// <summary>What mail keeps refers to the account and goes with its row.</summary>
    public ValueTask Removing(WriteScope scope, AccountId account) => ValueTask.CompletedTask;
}
