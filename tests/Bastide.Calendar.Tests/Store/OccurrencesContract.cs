using Bastide.Platform.Jobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Tests.Store;

public abstract class OccurrencesContract(DatabaseFixture fixture)
{
    // The clock of the tests begins here.
    static readonly LocalDateTime Now = new(2026, 3, 2, 9, 0);
    static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    static readonly DateTimeZone Auckland = DateTimeZoneProviders.Tzdb["Pacific/Auckland"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_index_tells_what_the_series_tell_at_any_time_near_and_far(int seed)
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (calendar, other) = (await workplace.First(alice), await workplace.NewCalendar(alice, "Other"));
        var series = new RandomSeries(seed, Now);
        var texts = new Dictionary<long, byte[]>();
        for (var i = 0; i < 60; i++)
        {
            var text = series.Next($"s{seed}-{i}");
            texts[(await workplace.Keep(alice, i % 10 == 0 ? other : calendar, $"{i}.ics", text)).Id] = text;
        }

        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var zone = (DateTimeZone[])[DateTimeZone.Utc, Paris, Auckland] is var zones ? zones[random.Next(3)] : null!;
            var from = Now.PlusDays(random.Next(-1500, 2500)).PlusHours(random.Next(24));
            var to = random.Next(3) == 0 ? from.PlusHours(random.Next(1, 30)) : from.PlusDays(random.Next(1, 45));
            var window = (From: from.InZoneLeniently(zone).ToInstant(), To: to.InZoneLeniently(zone).ToInstant());
            var told = (await workplace.InWindow(alice, calendar, window.From, window.To, zone))!;
            var expected = texts.SelectMany(entry => Followed(entry.Key, entry.Value, window.From, window.To, zone)).ToList();
            var found = told.Concat((await workplace.InWindow(alice, other, window.From, window.To, zone))!).Select(hit => (hit.ObjectId, hit.RecurrenceId, hit.Begin, hit.End)).ToList();
            found.Order().ShouldBe(expected.Order(), $"from {from} to {to} in {zone}");
        }
    }

    [Fact]
    public async Task What_lasts_long_is_found_in_the_middle_of_it_and_what_has_no_length_where_it_begins()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var year = await workplace.Keep(alice, calendar, "year.ics", Texts.Event("year", "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270101"));
        var moment = await workplace.Keep(alice, calendar, "moment.ics", Texts.Event("moment", "DTSTART:20260610T120000Z"));
        (await On(10, 12, 13)).ShouldBe([year.Id, moment.Id], ignoreOrder: true);
        (await On(10, 11, 12)).ShouldBe([year.Id]);
        (await On(10, 13, 14)).ShouldBe([year.Id]);

        async Task<IEnumerable<long>> On(int day, int fromHour, int toHour) =>
            (await workplace.InWindow(alice, calendar, Instant.FromUtc(2026, 6, day, fromHour, 0), Instant.FromUtc(2026, 6, day, toHour, 0)))!.Select(hit => hit.ObjectId);
    }

    [Fact]
    public async Task What_floats_is_where_the_askers_clock_shows_it()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        await workplace.Keep(alice, calendar, "lunch.ics", Texts.Event("lunch", "DTSTART:20260610T120000\nDURATION:PT1H"));
        await workplace.Keep(alice, calendar, "day.ics", Texts.Event("day", "DTSTART;VALUE=DATE:20260611"));
        var noon = new LocalDateTime(2026, 6, 10, 12, 0);
        foreach (var zone in (DateTimeZone[])[DateTimeZone.Utc, Paris, Auckland])
        {
            var hit = (await workplace.InWindow(alice, calendar, noon.InZoneStrictly(zone).ToInstant(), noon.PlusHours(11).InZoneStrictly(zone).ToInstant(), zone))!.ShouldHaveSingleItem();
            (hit.Begin, hit.End).ShouldBe((noon.InZoneStrictly(zone).ToInstant(), noon.PlusHours(1).InZoneStrictly(zone).ToInstant()));
            (await workplace.InWindow(alice, calendar, noon.PlusHours(12).InZoneStrictly(zone).ToInstant(), noon.PlusHours(13).InZoneStrictly(zone).ToInstant(), zone))!.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task The_index_goes_on_as_years_pass()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var stored = await workplace.Keep(alice, calendar, "weekly.ics", Texts.Event("weekly", "DTSTART;TZID=Europe/Paris:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"));
        var before = await Indexed(stored.Id);
        workplace.Time.Advance(TimeSpan.FromDays(400));
        var indexing = workplace.Get<IEnumerable<IJobHandler>>().Single(handler => handler.Kind == "calendar-index");
        var now = workplace.Time.GetUtcNow();
        (await indexing.Run(new Job(1, indexing.Kind, null, "{}", 1, now, now, null), TestContext.Current.CancellationToken)).ShouldBe(JobResult.Done);
        var after = await Indexed(stored.Id);
        after.Last.ShouldBeGreaterThan(before.Last + (390 * 86_400));
        after.Sequence.ShouldBe(before.Sequence, "nobody's clients have anything to fetch for that");
        (await workplace.InWindow(alice, calendar, Instant.FromUtc(2028, 12, 1, 0, 0), Instant.FromUtc(2028, 12, 31, 0, 0)))!.Count.ShouldBe(4);
        (await workplace.InWindow(alice, calendar, Instant.FromUtc(2026, 3, 1, 0, 0), Instant.FromUtc(2026, 3, 31, 0, 0)))!.Count.ShouldBe(5);

        async Task<(long Last, long Sequence)> Indexed(long id) => await fixture.Database.Read(async scope =>
            ((await scope.Long(new Platform.Db.Sql("SELECT MAX(begin_at) FROM calendar_occurrences WHERE object_id = $1"), id))!.Value,
            (await scope.Long(new Platform.Db.Sql("SELECT changed_seq FROM calendar_objects WHERE id = $1"), id))!.Value), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_series_beyond_what_can_be_told_is_refused_and_not_told_in_part()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        await workplace.Keep(alice, calendar, "often.ics", Texts.Event("often", "DTSTART:20260302T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"));
        (await workplace.InWindow(alice, calendar, Instant.FromUtc(2026, 3, 5, 0, 0), Instant.FromUtc(2026, 3, 5, 0, 1)))!.Count.ShouldBe(60);
        (await workplace.InWindow(alice, calendar, Instant.FromUtc(2026, 3, 5, 0, 0), Instant.FromUtc(2026, 3, 9, 0, 0))).ShouldBeNull();
    }

    static IEnumerable<(long, string, Instant, Instant)> Followed(long id, byte[] text, Instant from, Instant to, DateTimeZone zone)
    {
        var calendar = CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
        var zones = calendar.Zones(TestContext.Current.CancellationToken);
        var key = EventSeries.KeysOf(calendar, zones);
        return new RecurrenceSet(calendar.Components, zones, zone).Expand(from, to, 10_000, TestContext.Current.CancellationToken)
            .Select(found => (id, found.RecurrenceId is { } recurrenceId ? key(recurrenceId) : "", found.Begin, found.End));
    }
}
