using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>Who may do what with single calendars of an account.</summary>
static class CalendarShares
{
    /// <summary>The most grants of an account on its calendars.</summary>
    public const int Most = 2000;

    /// <summary>By calendar and account.</summary>
    public static async ValueTask<Dictionary<long, IReadOnlyDictionary<AccountId, Rights>>> Of(ReadScope scope, AccountId account) =>
        (await Access.Grants(scope, account)).Where(grant => grant.Collection?.Type == CalendarTypes.Calendar)
            .GroupBy(grant => grant.Collection!.Value.Id)
            .ToDictionary(grants => grants.Key, IReadOnlyDictionary<AccountId, Rights> (grants) => grants.ToDictionary(grant => grant.Grantee, grant => CalendarAccess.Implied(grant.Rights)));
}
