using System.Security.Cryptography;
using Bastide.Calendar.Links;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.DataProtection;

namespace Bastide.Calendar.Booking;

/// <summary>The booking pages of people: each makes, sees and changes their own, and nobody else does.</summary>
public sealed class BookingPages(Database database, BastideSettings settings, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>The most pages of an account.</summary>
    public const int Most = 50;

    readonly IDataProtector _protector = protection.CreateProtector("Bastide.Calendar.BookingPages");

    /// <summary>Those of the pages, all when <paramref name="ids"/> is null, and the state they are of. Empty for everybody but their owner.</summary>
    public ValueTask<(IReadOnlyList<BookingPage> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<BookingPage>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, CalendarTypes.BookingPage);
            var rows = (await CalendarAccess.Of(scope, caller, account)).IsOwner ? await BookingPageTable.Of(scope, account) : [];
            return ([.. rows.Where(row => ids?.Contains(row.Id) != false).Select(Show)], state);
        }, cancellation);

    /// <summary>Makes, changes and destroys pages.</summary>
    public async Task<SetOutcome<BookingPage, CalendarError>> Set(Caller caller, AccountId account, BookingPageSet set, CancellationToken cancellation)
    {
        // By chance, and therefore before the transaction, which may run twice.
        var tokens = set.Create.Keys.ToDictionary(creation => creation, _ => LinkToken.New());
        return await database.Write(async scope =>
        {
            var before = await AccountTable.State(scope, account, CalendarTypes.BookingPage);
            var access = await CalendarAccess.Of(scope, caller, account);
            if (access.IsNobody) return new SetOutcome<BookingPage, CalendarError>(before, before) { Refused = CalendarError.NotFound };
            if (!access.IsOwner) return new SetOutcome<BookingPage, CalendarError>(before, before) { Refused = CalendarError.Forbidden("Everybody makes booking pages of their own: use your own account.") };
            if (set.IfInState is { } expected && expected != before) return new SetOutcome<BookingPage, CalendarError>(before, before) { Refused = CalendarError.StateMismatch };
            return await Run(scope, caller, account, access, set, tokens, before);
        }, cancellation);
    }

    async ValueTask<SetOutcome<BookingPage, CalendarError>> Run(WriteScope scope, Caller caller, AccountId account, CalendarAccess access, BookingPageSet set, Dictionary<string, string> tokens, Sequence before)
    {
        var rows = (await BookingPageTable.Of(scope, account)).ToDictionary(row => row.Id);
        var check = await Check.Of(scope, caller, account, access, set);
        var (destroyed, notDestroyed) = (new List<long>(), new Dictionary<long, CalendarError>());
        foreach (var id in set.Destroy)
        {
            if (!rows.Remove(id))
            {
                notDestroyed[id] = CalendarError.NotFound;
                continue;
            }

            await scope.Advance(account, CalendarTypes.BookingPage);
            await BookingPageTable.Delete(scope, id);
            destroyed.Add(id);
        }

        var (updated, notUpdated) = (new List<long>(), new Dictionary<long, CalendarError>());
        foreach (var (id, page) in set.Update)
        {
            var error = rows.TryGetValue(id, out var present) ? check.ErrorOf(page, present.Settings) : CalendarError.NotFound;
            if (error is not null)
            {
                notUpdated[id] = error;
                continue;
            }

            await scope.Advance(account, CalendarTypes.BookingPage);
            await BookingPageTable.Update(scope, id, page);
            updated.Add(id);
        }

        var (created, notCreated) = (new Dictionary<string, BookingPage>(), new Dictionary<string, CalendarError>());
        foreach (var (creation, page) in set.Create)
        {
            var error = rows.Count >= Most ? new CalendarError(CalendarFailure.TooManyItems, $"An account has at most {Most} booking pages.") : check.ErrorOf(page, null);
            if (error is not null)
            {
                notCreated[creation] = error;
                continue;
            }

            await scope.Advance(account, CalendarTypes.BookingPage);
            var row = new BookingPageRow(0, account, _protector.Protect(tokens[creation]), page, time.GetUtcNow());
            row = row with { Id = await BookingPageTable.Create(scope, row, LinkToken.HashOf(tokens[creation])!) };
            rows[row.Id] = row;
            created[creation] = Show(row);
        }

        return new SetOutcome<BookingPage, CalendarError>(before, await AccountTable.State(scope, account, CalendarTypes.BookingPage))
        {
            Created = created,
            NotCreated = notCreated,
            Updated = updated,
            NotUpdated = notUpdated,
            Destroyed = destroyed,
            NotDestroyed = notDestroyed,
        };
    }

    BookingPage Show(BookingPageRow row) => new(row.Id, row.Settings, UrlOf(row), row.CreatedAt);

    Uri? UrlOf(BookingPageRow row)
    {
        try
        {
            return new Uri(settings.Url, $"book/{_protector.Unprotect(row.Sealed)}");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What the calendars that pages name are to their owner.</summary>
    sealed class Check(HashSet<long> homes, HashSet<BusyCalendar> known)
    {
        public static async ValueTask<Check> Of(ReadScope scope, Caller caller, AccountId account, CalendarAccess access, BookingPageSet set)
        {
            var pages = set.Create.Values.Concat(set.Update.Values).ToList();
            var homes = (await CalendarTable.All(scope, account)).Where(row => access.May(Rights.Write, row.Id) && row.Kinds.HasFlag(CalendarKinds.Event)).Select(row => row.Id).ToHashSet();
            var known = new HashSet<BusyCalendar>();
            foreach (var other in pages.SelectMany(page => page.BusyCalendars).Select(calendar => calendar.Account).Distinct())
            {
                var rights = await CalendarAccess.Of(scope, caller, other);
                if (!rights.IsNobody) known.UnionWith((await CalendarTable.All(scope, other)).Where(row => rights.May(Rights.Lookup, row.Id)).Select(row => new BusyCalendar(other, row.Id)));
            }

            return new Check(homes, known);
        }

        // What is no longer there or shared stays named, and is passed over: who changes something else need not know.
        public CalendarError? ErrorOf(BookingSettings page, BookingSettings? present)
        {
            if (page.CalendarId is { } home && home != present?.CalendarId && !homes.Contains(home)) return CalendarError.Invalid("calendarId", "Bookings go into a calendar of your own that holds events.");
            return page.BusyCalendars.All(calendar => known.Contains(calendar) || present?.BusyCalendars.Contains(calendar) == true) ? null : CalendarError.Invalid("busyCalendars", "There is such a calendar no more, or not for you.");
        }
    }
}
