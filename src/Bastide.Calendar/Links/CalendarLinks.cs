using System.Globalization;
using System.Security.Cryptography;
using Bastide.Abstractions.Identity;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.DataProtection;

namespace Bastide.Calendar.Links;

/// <summary>
/// Publishes calendars: links are made, told and revoked by whoever may share the calendar, and by nobody else. That they are
/// is written to the audit log.
/// </summary>
public sealed class CalendarLinks(Database database, BastideSettings settings, IDataProtectionProvider protection, IAuditLog audit, TimeProvider time)
{
    /// <summary>The most links of an account.</summary>
    public const int Most = 200;

    const int LongestName = 200;
    readonly IDataProtector _protector = protection.CreateProtector("Bastide.Calendar.Links");

    /// <summary>Those of the links that the caller may know, all when <paramref name="ids"/> is null, and the state they are of.</summary>
    public ValueTask<(IReadOnlyList<CalendarLink> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<CalendarLink>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, CalendarTypes.CalendarLink);
            var access = await CalendarAccess.Of(scope, caller, account);
            var rows = access.IsNobody ? [] : await LinkTable.Of(scope, account);
            return ([.. rows.Where(row => access.May(Rights.Manage, row.CalendarId) && ids?.Contains(row.Id) != false).Select(Show)], state);
        }, cancellation);

    /// <summary>Makes and revokes links.</summary>
    public async Task<SetOutcome<CalendarLink, CalendarError>> Set(Caller caller, AccountId account, LinkSet set, CancellationToken cancellation)
    {
        // By chance, and therefore before the transaction, which may run twice.
        var tokens = set.Create.Keys.ToDictionary(creation => creation, _ => LinkToken.New());
        return await database.Write(async scope =>
        {
            var before = await AccountTable.State(scope, account, CalendarTypes.CalendarLink);
            var access = await CalendarAccess.Of(scope, caller, account);
            if (access.IsNobody) return new SetOutcome<CalendarLink, CalendarError>(before, before) { Refused = CalendarError.NotFound };
            if (set.IfInState is { } expected && expected != before) return new SetOutcome<CalendarLink, CalendarError>(before, before) { Refused = CalendarError.StateMismatch };
            var rows = await LinkTable.Of(scope, account);
            var calendars = (await CalendarTable.All(scope, account)).Select(row => row.Id).ToHashSet();
            var (destroyed, notDestroyed) = (new List<long>(), new Dictionary<long, CalendarError>());
            foreach (var id in set.Destroy)
            {
                if (rows.Find(row => row.Id == id) is not { } row || !access.May(Rights.Manage, row.CalendarId))
                {
                    notDestroyed[id] = CalendarError.NotFound;
                    continue;
                }

                await scope.Advance(account, CalendarTypes.CalendarLink);
                await LinkTable.Delete(scope, id);
                await NoteEnd(audit, scope, caller, row);
                rows.Remove(row);
                destroyed.Add(id);
            }

            var (created, notCreated) = (new Dictionary<string, CalendarLink>(), new Dictionary<string, CalendarError>());
            foreach (var (creation, create) in set.Create)
            {
                if (Check(create, access, calendars, rows.Count) is { } error)
                {
                    notCreated[creation] = error;
                    continue;
                }

                await scope.Advance(account, CalendarTypes.CalendarLink);
                var row = new LinkRow(0, account, create.CalendarId, _protector.Protect(tokens[creation]), create.Detail, create.Name, time.GetUtcNow());
                row = row with { Id = await LinkTable.Create(scope, row, LinkToken.HashOf(tokens[creation])!) };
                await audit.Write(scope, caller, "calendar.publish", account, Describe(row));
                rows.Add(row);
                created[creation] = Show(row);
            }

            return new SetOutcome<CalendarLink, CalendarError>(before, await AccountTable.State(scope, account, CalendarTypes.CalendarLink))
            {
                Created = created,
                NotCreated = notCreated,
                Destroyed = destroyed,
                NotDestroyed = notDestroyed,
            };
        }, cancellation);
    }

    /// <summary>Notes that a calendar is published no more at one of its addresses.</summary>
    internal static ValueTask NoteEnd(IAuditLog audit, WriteScope scope, Caller caller, LinkRow row) => audit.Write(scope, caller, "calendar.unpublish", row.Account, Describe(row));

    // Never the address: who reads the log need not read the calendar.
    static string Describe(LinkRow row) => string.Create(CultureInfo.InvariantCulture, $"c{row.CalendarId} l{row.Id} {(row.Detail == LinkDetail.Full ? "full" : "freeBusy")}");

    static CalendarError? Check(LinkCreate create, CalendarAccess access, HashSet<long> calendars, int count)
    {
        if (!calendars.Contains(create.CalendarId) || !access.Sees(create.CalendarId)) return CalendarError.Invalid("calendarId", "There is no such calendar.");
        if (!access.May(Rights.Manage, create.CalendarId)) return CalendarError.Forbidden("You may not share this calendar.");
        if (create.Name is { } name && (name.Length > LongestName || name.Any(char.IsControl))) return CalendarError.Invalid("name", $"It has at most {LongestName} characters, and no control characters.");
        return count >= Most ? new CalendarError(CalendarFailure.TooManyItems, $"An account has at most {Most} links.") : null;
    }

    CalendarLink Show(LinkRow row) => new(row.Id, row.CalendarId, UrlOf(row), row.Detail, row.Name, row.CreatedAt);

    Uri? UrlOf(LinkRow row)
    {
        try
        {
            return new Uri(settings.Url, $"s/{_protector.Unprotect(row.Sealed)}.ics");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
