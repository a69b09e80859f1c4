using Bastide.Protocols.ICalendar;
using NodaTime;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.ICalendar;

public sealed class RecurrenceSetTests
{
    public static TheoryData<string> Cases => [.. HardCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hard_cases_mean_what_they_say(string name) => HardCases.All[name].Expand().ShouldBe(HardCases.All[name].Expected);

    [Theory]
    [InlineData("DTSTART:19240101T000000Z\r\nRRULE:FREQ=SECONDLY")]
    [InlineData("DTSTART:19240101T000000Z\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000")]
    [InlineData("DTSTART:19240101T000000Z\r\nRRULE:FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5,6,7,8,9,10")]
    [InlineData("DTSTART:19240101T000000Z\r\nRRULE:FREQ=SECONDLY;BYSETPOS=2")]
    [InlineData("DTSTART:19240101T000000Z\r\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6,7,8,9;BYSECOND=1,2,3,4,5,6")]
    public void A_hundred_years_of_seconds_are_refused(string rule)
    {
        var set = Set(rule);
        Should.Throw<ExpansionRefusedException>(() => set.Expand(Utc(1924), Utc(2024), 10_000, CancellationToken.None));
    }

    [Theory]
    [InlineData("DTSTART:19240101T000000Z\r\nRRULE:FREQ=SECONDLY")]
    [InlineData("DTSTART:00030101T000000Z\r\nRRULE:FREQ=DAILY")]
    [InlineData("DTSTART:00010101T000000Z\r\nRRULE:FREQ=WEEKLY\r\nDURATION:P100000D")]
    [InlineData("DTSTART;VALUE=DATE:99991231\r\nRRULE:FREQ=DAILY")]
    [InlineData("DTSTART:99990101T000000\r\nDURATION:P9999D\r\nRRULE:FREQ=HOURLY")]
    public void A_day_far_from_the_start_is_found_at_once_and_the_ends_of_time_are_borne(string rule)
    {
        var set = Set(rule);
        set.Expand(Utc(2024), Utc(2024) + Duration.FromMinutes(1), 100, CancellationToken.None).Count.ShouldBeLessThanOrEqualTo(61);
        set.ExpandUpTo(Instant.MinValue, Instant.MaxValue, 100, CancellationToken.None).Found.Count.ShouldBeLessThanOrEqualTo(100);
        set.LastEnd(100, CancellationToken.None);
    }

    [Fact]
    public void An_expansion_ends_when_it_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => Set("DTSTART:19240101T000000Z\r\nRRULE:FREQ=SECONDLY;COUNT=1000000").Expand(Utc(1924), Utc(2024), 1_000_000, cancelled.Token));
    }

    [Fact]
    public void A_hundred_thousand_exceptions_are_no_burden()
    {
        var exceptions = string.Join(',', Enumerable.Range(0, 100_000).Select(i => new LocalDate(1900, 1, 1).PlusDays(i).ToString("uuuuMMdd", null) + "T100000Z"));
        var set = Set($"DTSTART:19000101T100000Z\r\nRRULE:FREQ=DAILY\r\nEXDATE:{exceptions}");
        set.Expand(Utc(2024), Utc(2025), 1000, CancellationToken.None).ShouldBeEmpty();
        set.Expand(Utc(2200), Utc(2201), 1000, CancellationToken.None).Count.ShouldBe(365);
    }

    [Fact]
    public void An_index_takes_what_it_can_hold_and_says_up_to_when()
    {
        var (found, until) = Set("DTSTART:20240101T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=HOURLY").ExpandUpTo(Utc(2024), Utc(2026), 48, CancellationToken.None);
        found.Count.ShouldBe(48);
        until.ShouldBe(Instant.FromUtc(2024, 1, 2, 23, 0));
        Set("DTSTART:20240101T000000Z\r\nRRULE:FREQ=MONTHLY").ExpandUpTo(Utc(2024), Utc(2026), 48, CancellationToken.None).Until.ShouldBe(Utc(2026));
    }

    [Theory]
    [InlineData("DTSTART:20240101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3", "2024-01-03T01:00:00Z")]
    [InlineData("DTSTART:20240101T000000Z\r\nDURATION:PT1H", "2024-01-01T01:00:00Z")]
    [InlineData("DTSTART:20240101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20260101T000000Z", "2025-12-29T01:00:00Z")]
    [InlineData("DTSTART;VALUE=DATE:20240101\r\nRRULE:FREQ=YEARLY;UNTIL=20300601", "2030-01-02T00:00:00Z")]
    [InlineData("DTSTART:20240101T000000Z\r\nRRULE:FREQ=DAILY", null)]
    public void The_last_end_is_known_where_there_is_one(string rule, string? end) =>
        Set(rule).LastEnd(1000, CancellationToken.None)?.ToString().ShouldBe(end);

    [Fact]
    public void An_end_that_the_rule_names_is_not_looked_for()
    {
        var last = Set("DTSTART:20240101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=SECONDLY;UNTIL=20990101T000000Z").LastEnd(1000, CancellationToken.None);
        last!.Value.ShouldBeInRange(Utc(2099), Utc(2099) + Duration.FromDays(1));
    }

    [Fact]
    public void Instances_are_known_by_name()
    {
        var set = Set("DTSTART;TZID=Europe/Paris:20240101T100000\r\nRRULE:FREQ=WEEKLY\r\nEXDATE;TZID=Europe/Paris:20240108T100000");
        var budget = new ExpansionBudget(10_000, CancellationToken.None);
        set.Generates(new LocalDateTime(2030, 1, 7, 10, 0), budget).ShouldBeTrue();
        set.Generates(new LocalDateTime(2030, 1, 8, 10, 0), budget).ShouldBeFalse();
        set.IsExcluded(new LocalDateTime(2024, 1, 8, 10, 0)).ShouldBeTrue();
        set.RecurrenceIdOf(ICalTime.Parse("20240115T090000Z", null)!.Value).ShouldBe(new LocalDateTime(2024, 1, 15, 10, 0));
    }

    static Instant Utc(int year) => Instant.FromUtc(year, 1, 1, 0, 0);

    [Fact]
    public void A_series_whose_start_cannot_be_read_has_no_instances_and_no_end()
    {
        var set = Set("DTSTART;VALUE=DATE:2026x0105\r\nRRULE:FREQ=WEEKLY;UNTIL=20270101");
        set.ExpandUpTo(Utc(2024), Utc(2030), 10, CancellationToken.None).Found.ShouldBeEmpty();
        set.LastEnd(1000, CancellationToken.None).ShouldBeNull();
    }

    static RecurrenceSet Set(string properties)
    {
        var calendar = ICalendars.Of("BEGIN:VEVENT\r\nUID:u\r\n" + properties + "\r\nEND:VEVENT");
        return new RecurrenceSet(calendar.ComponentsOf("VEVENT"), new ICalTimeZones(calendar), DateTimeZone.Utc);
    }
}
