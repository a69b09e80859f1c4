using Bastide.Abstractions.Contacts;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Contacts;

/// <summary>Days of birth and the like, for whoever keeps a calendar of them.</summary>
sealed class Anniversaries(Database database) : IAnniversaries
{
    const int Most = 100_000;

    public DataType Type => ContactTypes.ContactCard;

    public ValueTask<(IReadOnlyList<Anniversary> Days, Sequence State)> Of(Caller caller, AccountId account, CancellationToken cancellation) =>
        database.Snapshot<(IReadOnlyList<Anniversary>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, ContactTypes.ContactCard);
            var rights = await ContactRights.Of(scope, caller, account);
            if (rights.SeesNothing) return ([], state);
            var days = await CardTable.Days(scope, account, Most);
            if (!rights.SeesAll)
            {
                var places = await PlaceTable.OfCards(scope, [.. days.Select(day => day.Card).Distinct()]);
                days.RemoveAll(day => !places.TryGetValue(day.Card, out var books) || !rights.Sees(books));
            }

            return ([.. days.Select(day => new Anniversary(day.Uid, day.Day.Key, day.Name, day.Day.Kind, (int?)day.Day.Year, (int)day.Day.Month, (int)day.Day.Day))], state);
        }, cancellation);
}
