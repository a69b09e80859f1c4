using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar;

/// <summary>
/// When people, teams and rooms are free: for everybody of the workplace, as times only; with the events for those with whom
/// the calendar is shared (draft-ietf-jmap-calendars, "Principal/getAvailability").
/// </summary>
public sealed class Availability(Database database, IDirectory directory)
{
    /// <summary>The longest time that is asked for at once, in days.</summary>
    public const int MostDays = 366;

    const int MostObjects = 5000;

    /// <summary>
    /// The busy periods of an account between two moments; null where there is no such account for the caller. Throws
    /// <see cref="ExpansionRefusedException"/> for a series that recurs too often to be told.
    /// </summary>
    public async ValueTask<IReadOnlyList<BusyPeriod>?> Of(Caller caller, AccountId account, Instant from, Instant to, bool withEvents, CancellationToken cancellation)
    {
        if (!caller.May(CalendarAccess.Scope) || await directory.Find(account, cancellation) is not { Disabled: false }) return null;
        var (access, addresses, hits, kinds, objects, texts, events, hours, zone) = await database.Snapshot(scope => Load(scope, caller, account, from, to, cancellation), cancellation);
        var told = new Dictionary<long, List<JsonObject>>();
        var periods = new List<BusyPeriod>();
        foreach (var hit in hits)
        {
            if (!objects.TryGetValue(hit.ObjectId, out var row) || !kinds.TryGetValue(hit.CalendarId, out var kind)) continue;
            if (!told.TryGetValue(row.Id, out var all)) told[row.Id] = all = EventSeries.Read(CalendarObject.Of(ICalReader.ReadCalendar(texts[row.Id], ICalLimits.Object)), cancellation);
            if (InstanceOf(all, hit) is not { } instance || StatusOf(instance, addresses, hit.Busy, kind) is not { } status) continue;
            var (start, end) = (Instant.Max(from, hit.Begin), Instant.Min(to, hit.End));
            if (end <= start) continue;
            var isShown = withEvents && access.Sees(hit.CalendarId) && (access.IsOwner || row.Privacy == EventPrivacy.Public);
            if (!isShown) periods.Add(new BusyPeriod(start, end, status));
            else periods.Add(new BusyPeriod(hit.Begin, hit.End, status, access.IsOwner ? instance : PersonalProperties.Without(instance), RefOf(events, hit, row), hit.CalendarId));
        }

        foreach (var (begin, end, type) in AvailabilityTimes.Busy(hours, from, to, zone, cancellation))
            periods.Add(new BusyPeriod(begin, end, type switch { "BUSY" => BusyStatus.Confirmed, "BUSY-TENTATIVE" => BusyStatus.Tentative, _ => BusyStatus.Unavailable }));
        return [.. Merged(periods.FindAll(period => period.Event is null)), .. periods.Where(period => period.Event is not null)];
    }

    static async ValueTask<(CalendarAccess, HashSet<string>, List<OccurrenceHit>, Dictionary<long, CalendarAvailability>, Dictionary<long, ObjectRow>, Dictionary<long, byte[]>, List<EventRow>, List<CalendarObject>, DateTimeZone)> Load(
        ReadScope scope, Caller caller, AccountId account, Instant from, Instant to, CancellationToken cancellation)
    {
        var access = await CalendarAccess.Of(scope, caller, account);
        var kinds = (await CalendarTable.Availabilities(scope, account, account))
            .Where(view => view.IsSubscribed != false && view.Availability != CalendarAvailability.None).ToDictionary(view => view.Calendar, view => view.Availability ?? CalendarAvailability.All);
        // Floating times are those of the account's clocks, which is that of its default calendar.
        var zone = TimeZoneNames.Zone((await CalendarTable.Default(scope, account))?.TimeZone) ?? DateTimeZone.Utc;
        var hits = await OccurrenceFinder.Find(scope, account, null, from, to, zone, CalendarObjects.MostOccurrences, cancellation);
        hits.RemoveAll(hit => hit.Busy is not (BusyKind.Busy or BusyKind.Tentative) || !kinds.ContainsKey(hit.CalendarId));
        var ids = hits.Select(hit => hit.ObjectId).Distinct().ToList();
        if (ids.Count > MostObjects) throw new ExpansionRefusedException();
        var objects = (await ObjectTable.Find(scope, account, ids)).Where(row => !row.IsDraft && row.Privacy != EventPrivacy.Secret).ToDictionary(row => row.Id);
        var hours = (await ObjectTable.Availability(scope, account)).FindAll(row => kinds.ContainsKey(row.CalendarId));
        var said = (await ObjectTable.Texts(scope, hours.ConvertAll(row => row.Id))).Values.Select(text => CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object))).ToList();
        return (access, await ParticipantIdentities.Addresses(scope, account), hits, kinds, objects, await ObjectTable.Texts(scope, objects.Keys), await EventTable.OfObjects(scope, objects.Keys), said, zone);
    }

    /// <summary>The event an occurrence is of, as its object tells it; null where it tells none.</summary>
    internal static JsonObject? InstanceOf(List<JsonObject> all, OccurrenceHit hit)
    {
        if (hit.RecurrenceId.Length == 0) return all[0];
        return all.Find(one => (string?)one["recurrenceId"] == hit.RecurrenceId) ?? EventSeries.Instance(all[0], hit.RecurrenceId);
    }

    static EventRef? RefOf(List<EventRow> events, OccurrenceHit hit, ObjectRow row)
    {
        var found = events.Find(one => one.ObjectId == row.Id && (one.RecurrenceId.Length == 0 || one.RecurrenceId == hit.RecurrenceId));
        return new EventRef(found.Id, found.RecurrenceId.Length == 0 && hit.RecurrenceId.Length > 0 ? hit.RecurrenceId : null);
    }

    /// <summary>How sure it is; null where the account is not asked for, or does not come.</summary>
    static BusyStatus? StatusOf(JsonObject instance, HashSet<string> addresses, BusyKind busy, CalendarAvailability kind)
    {
        var people = (instance["participants"] as JsonObject ?? []).Select(entry => entry.Value).ToList();
        var own = people.Find(person => person.Member("calendarAddress").AsText() is { } address && addresses.Contains(address.Trim()));
        var answer = own is null ? null : own["participationStatus"].AsText() ?? (own.Member("roles").Member("owner") is not null ? "accepted" : "needs-action");
        if (kind == CalendarAvailability.Attending && answer is not ("accepted" or "tentative")) return null;
        if (answer is "declined" or "delegated") return null;
        if (busy == BusyKind.Tentative || answer == "tentative") return BusyStatus.Tentative;
        // What one has in one's calendar without inviting anybody, one attends.
        return answer == "accepted" || people.Count == 0 ? BusyStatus.Confirmed : BusyStatus.Unavailable;
    }

    /// <summary>Times that do not overlap, each with the surest of what is at it.</summary>
    static IEnumerable<BusyPeriod> Merged(List<BusyPeriod> periods)
    {
        var edges = periods.SelectMany(period => new[] { (At: period.Start, period.Status, Change: 1), (At: period.End, period.Status, Change: -1) }).OrderBy(edge => edge.At).ToList();
        var open = new int[3];
        BusyPeriod? last = null;
        for (var i = 0; i < edges.Count - 1; i++)
        {
            open[(int)edges[i].Status] += edges[i].Change;
            var (start, end) = (edges[i].At, edges[i + 1].At);
            var status = Array.FindLastIndex(open, count => count > 0);
            if (start == end || status < 0) continue;
            if (last is not null && last.End == start && last.Status == (BusyStatus)status)
            {
                last = last with { End = end };
                continue;
            }

            if (last is not null) yield return last;
            last = new BusyPeriod(start, end, (BusyStatus)status);
        }

        if (last is not null) yield return last;
    }
}
