using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Store;

/// <summary>
/// Finds the occurrences that touch a time: from the index, and where that does not reach, by following the few series that are
/// beyond it.
/// </summary>
static class OccurrenceFinder
{
    const int MostBeyond = 2000;

    /// <summary>
    /// Those of an account, or of one calendar. Throws <see cref="ExpansionRefusedException"/> for more than
    /// <paramref name="most"/>.
    /// </summary>
    public static async ValueTask<List<OccurrenceHit>> Find(ReadScope scope, AccountId account, long? calendar, Instant from, Instant to, DateTimeZone zone, int most, CancellationToken cancellation)
    {
        if (to <= from) return [];
        var window = TimeWindow.Of(from, to, zone);
        var rows = calendar is { } only ? await OccurrenceTable.OfCalendar(scope, only, window, most + 1) : await OccurrenceTable.OfAccount(scope, account, window, most + 1);
        var beyond = await ObjectTable.BeyondIndex(scope, account, Math.Min(window.From, window.LocalFrom), Math.Max(window.To, window.LocalTo), MostBeyond + 1);
        if (beyond.Count > MostBeyond || rows.Count > most) throw new ExpansionRefusedException();
        beyond.RemoveAll(row => calendar is not null && row.CalendarId != calendar);
        return await Found(scope, rows, beyond, from, to, zone, most, cancellation);
    }

    /// <summary>Those in some calendars of some accounts.</summary>
    public static async ValueTask<List<OccurrenceHit>> Find(
        ReadScope scope, IReadOnlyCollection<AccountId> accounts, IReadOnlyCollection<long> calendars, Instant from, Instant to, DateTimeZone zone, int most, CancellationToken cancellation)
    {
        if (to <= from || calendars.Count == 0) return [];
        var window = TimeWindow.Of(from, to, zone);
        var rows = await OccurrenceTable.OfCalendars(scope, calendars, window, most + 1);
        var beyond = await ObjectTable.BeyondIndex(scope, accounts, Math.Min(window.From, window.LocalFrom), Math.Max(window.To, window.LocalTo), MostBeyond + 1);
        if (beyond.Count > MostBeyond || rows.Count > most) throw new ExpansionRefusedException();
        beyond.RemoveAll(row => !calendars.Contains(row.CalendarId));
        return await Found(scope, rows, beyond, from, to, zone, most, cancellation);
    }

    static async ValueTask<List<OccurrenceHit>> Found(ReadScope scope, List<OccurrenceRow> rows, List<ObjectRow> beyond, Instant from, Instant to, DateTimeZone zone, int most, CancellationToken cancellation)
    {
        var followed = beyond.Select(row => row.Id).ToHashSet();
        var hits = rows.Where(row => !followed.Contains(row.ObjectId)).Select(row => Hit(row, zone)).ToList();
        if (beyond.Count == 0) return hits;
        var texts = await ObjectTable.Texts(scope, followed);
        var budget = new ExpansionBudget(5_000_000, cancellation);
        foreach (var row in beyond) hits.AddRange(Follow(row, texts[row.Id], from, to, zone, most - hits.Count, budget, cancellation));
        return hits;
    }

    static IEnumerable<OccurrenceHit> Follow(ObjectRow row, byte[] text, Instant from, Instant to, DateTimeZone zone, int most, ExpansionBudget budget, CancellationToken cancellation)
    {
        var calendar = CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
        var zones = calendar.Zones(cancellation);
        var key = EventSeries.KeysOf(calendar, zones);
        return new RecurrenceSet(calendar.Components, zones, zone).Expand(from, to, most, budget)
            .Select(found => new OccurrenceHit(row.Id, row.CalendarId, found.RecurrenceId is { } id ? key(id) : "", found.Begin, found.End, ObjectContent.BusyOf(found.Component, row.Kind)));
    }

    static OccurrenceHit Hit(OccurrenceRow row, DateTimeZone zone) =>
        new(row.ObjectId, row.CalendarId, row.RecurrenceId, Moment(row.BeginAt, row.IsFloating, zone), Moment(row.EndAt, row.IsFloating, zone), row.Busy);

    static Instant Moment(long seconds, bool isFloating, DateTimeZone zone)
    {
        var instant = Instant.FromUnixTimeSeconds(seconds);
        return isFloating ? ZoneRules.Resolve(instant.InUtc().LocalDateTime, zone) : instant;
    }
}
