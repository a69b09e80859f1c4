using Bastide.Abstractions.Identity;
using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Drive;

/// <summary>Gives every person and team the root of their files and their trash when the account is made.</summary>
sealed class DriveAccounts(TimeProvider time) : IAccountListener
{
    public async ValueTask Created(WriteScope scope, AccountId account, AccountKind kind, string name, string address)
    {
        if (kind == AccountKind.System) return;
        var seq = await scope.Advance(account, DriveTypes.FileNode);
        await NodeTable.CreateRoot(scope, account, FileRole.Root, time.GetUtcNow(), seq);
        await NodeTable.CreateRoot(scope, account, FileRole.Trash, time.GetUtcNow(), seq);
    }

    /// <summary>Files refer to the account and go with its row.</summary>
    public ValueTask Removing(WriteScope scope, AccountId account) => ValueTask.CompletedTask;
}
