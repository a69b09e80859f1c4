using System.Text.Json.Nodes;
using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Links;

/// <summary>The events of a published calendar in some weeks, occurrence by occurrence, as a link tells them.</summary>
sealed class PublishedDays(Database database)
{
    /// <summary>The most events of an answer; what is beyond is left out, and that is said.</summary>
    public const int Most = 500;

    const int MostFound = 5000;
    const int MostForZone = 50;
    const int DaysForZone = 90;

    /// <summary>
    /// The zone that most of the coming events are in, for a calendar that says none: what is to be read by people stands on the
    /// clocks of the place it takes place in.
    /// </summary>
    public async ValueTask<DateTimeZone> ZoneOf(LinkRow link, LocalDate today, CancellationToken cancellation)
    {
        var (begin, end) = (DateTimeZone.Utc.AtStartOfDay(today).ToInstant(), DateTimeZone.Utc.AtStartOfDay(today.PlusDays(DaysForZone)).ToInstant());
        try
        {
            var texts = await database.Snapshot(async scope =>
            {
                var found = await OccurrenceFinder.Find(scope, link.Account, link.CalendarId, begin, end, DateTimeZone.Utc, MostFound, cancellation);
                return await ObjectTable.Texts(scope, found.Select(hit => hit.ObjectId).Distinct().Take(MostForZone).ToList());
            }, cancellation);
            var zones = texts.Values.Select(text => EventSeries.Read(CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)), cancellation)[0]["timeZone"].AsText());
            // UTC is how programs write a moment, and seldom where something takes place.
            return TimeZoneNames.Zone(zones.OfType<string>().Where(name => name != "Etc/UTC").GroupBy(name => name).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).Select(same => same.Key).FirstOrDefault()) ?? DateTimeZone.Utc;
        }
        catch (ExpansionRefusedException)
        {
            return DateTimeZone.Utc;
        }
    }

    /// <summary>What touches the time from one day to another, that not included.</summary>
    /// <param name="link">The link.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The day after the last.</param>
    /// <param name="zone">The zone whose days these are.</param>
    /// <param name="busy">The word for times of which nothing is told.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>In the order of their begin; null where there are too many to look through.</returns>
    public async ValueTask<IReadOnlyList<PublishedEvent>?> Read(LinkRow link, LocalDate from, LocalDate to, DateTimeZone zone, string busy, CancellationToken cancellation)
    {
        var (begin, end) = (zone.AtStartOfDay(from).ToInstant(), zone.AtStartOfDay(to).ToInstant());
        try
        {
            var (hits, texts) = await database.Snapshot(async scope =>
            {
                var found = await OccurrenceFinder.Find(scope, link.Account, link.CalendarId, begin, end, zone, MostFound, cancellation);
                var rows = (await ObjectTable.Find(scope, link.Account, [.. found.Select(hit => hit.ObjectId).Distinct()])).Where(row => Tells(link, row)).Select(row => row.Id).ToHashSet();
                var told = found.FindAll(hit => rows.Contains(hit.ObjectId) && hit.Busy != BusyKind.Cancelled && (link.Detail == LinkDetail.Full || hit.Busy != BusyKind.Free));
                told.Sort((one, other) => one.Begin != other.Begin ? one.Begin.CompareTo(other.Begin) : other.End.CompareTo(one.End));
                if (told.Count > Most + 1) told.RemoveRange(Most + 1, told.Count - Most - 1);
                return (told, await ObjectTable.Texts(scope, told.Select(hit => hit.ObjectId).ToHashSet()));
            }, cancellation);
            var series = texts.ToDictionary(entry => entry.Key, entry => Series(link, entry.Value, busy, cancellation));
            return [.. hits.Select(hit => Event(series[hit.ObjectId], hit, zone)).OfType<PublishedEvent>()];
        }
        catch (ExpansionRefusedException)
        {
            return null;
        }
    }

    static bool Tells(LinkRow link, ObjectRow row) =>
        !row.IsDraft && row.Kind == CalendarKinds.Event && (link.Detail == LinkDetail.Full ? row.Privacy == EventPrivacy.Public : row.Privacy != EventPrivacy.Secret);

    static List<JsonObject> Series(LinkRow link, byte[] text, string busy, CancellationToken cancellation)
    {
        var read = ICalReader.ReadCalendar(text, ICalLimits.Object);
        var told = CalendarObject.Of(read).Components.Select(component =>
            link.Detail == LinkDetail.Full ? PublicView.Full(component, busy) : PublicView.Busy(component, component.Text("UID")!, busy));
        return EventSeries.Read(CalendarObject.Of(new ICalComponent("VCALENDAR", [.. read.ComponentsOf("VTIMEZONE"), .. told])), cancellation);
    }

    static PublishedEvent? Event(List<JsonObject> series, OccurrenceHit hit, DateTimeZone zone)
    {
        var told = hit.RecurrenceId.Length == 0 ? series[0]
            : series.Find(one => one["recurrenceId"].AsText() == hit.RecurrenceId) ?? EventSeries.Instance(series[0], hit.RecurrenceId);
        if (told is null) return null;
        // What is of whole days is of the same days everywhere.
        var isAllDay = told["showWithoutTime"].AsFlag() == true;
        var own = isAllDay ? TimeZoneNames.Zone(told["timeZone"].AsText()) ?? zone : zone;
        var places = (told["locations"] as JsonObject ?? []).Select(location => location.Value.Member("name").AsText()).Where(name => !string.IsNullOrWhiteSpace(name));
        return new PublishedEvent(told["title"].AsText() ?? "", ZoneRules.Local(hit.Begin, own), ZoneRules.Local(hit.End, own), isAllDay, string.Join(", ", places), told["description"].AsText() ?? "");
    }
}
