using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar;

/// <summary>Gives every person and team their calendar and identity when the account is made.</summary>
sealed class CalendarAccounts : IAccountListener
{
    const string FirstName = "Calendar";

    public async ValueTask Created(WriteScope scope, AccountId account, AccountKind kind, string name, string address)
    {
        if (kind == AccountKind.System) return;
        await Calendars.CreateFirst(scope, account, FirstName);
        await ParticipantIdentities.CreateFirst(scope, account, name, address);
    }

    /// <summary>What the calendar keeps refers to the account and goes with its row.</summary>
    public ValueTask Removing(WriteScope scope, AccountId account) => ValueTask.CompletedTask;
}
