using Bastide.Platform.Accounts;
using NodaTime;
using NodaTime.Text;

namespace Bastide.Calendar.Tests.Store;

public abstract class AvailabilityContract(DatabaseFixture fixture)
{
    static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("MM-dd'T'HH:mm");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Busy_times_are_told_to_everybody_as_times_that_do_not_overlap()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var calendar = await workplace.First(alice);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3, 10));
        await workplace.Keep(alice, calendar, "b.ics", Texts.Event("b", "DTSTART:20260303T103000Z\nDURATION:PT1H"));
        await workplace.Keep(alice, calendar, "t.ics", Texts.Event("t", "DTSTART:20260303T110000Z\nDURATION:PT2H\nSTATUS:TENTATIVE"));
        await workplace.Keep(alice, calendar, "free.ics", Texts.Hour("free", 3, 15, "TRANSP:TRANSPARENT"));
        await workplace.Keep(alice, calendar, "off.ics", Texts.Hour("off", 3, 16, "STATUS:CANCELLED"));
        await workplace.Keep(alice, calendar, "private.ics", Texts.Hour("private", 3, 18, "CLASS:PRIVATE"));
        await workplace.Keep(alice, calendar, "secret.ics", Texts.Hour("secret", 3, 20, "CLASS:CONFIDENTIAL"));
        await workplace.Keep(alice, calendar, "daily.ics", Texts.Event("daily", "DTSTART:20260301T080000Z\nDURATION:PT30M\nRRULE:FREQ=DAILY"));
        await workplace.Keep(alice, calendar, "task.ics", Texts.Object("BEGIN:VTODO\nUID:t1\nDTSTAMP:20260301T000000Z\nDTSTART:20260303T220000Z\nDUE:20260303T230000Z\nEND:VTODO"));
        (await Of(workplace, bob, alice)).ShouldBe([
            "03-03T08:00 03-03T08:30 Confirmed", "03-03T10:00 03-03T11:30 Confirmed", "03-03T11:30 03-03T13:00 Tentative", "03-03T18:00 03-03T19:00 Confirmed"]);
    }

    [Fact]
    public async Task Who_declined_is_free_and_who_has_not_answered_is_unavailable()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var calendar = await workplace.First(alice);
        foreach (var (hour, answer) in new[] { (8, "DECLINED"), (10, "ACCEPTED"), (12, "TENTATIVE"), (14, "NEEDS-ACTION") })
            await workplace.Keep(alice, calendar, $"{hour}.ics", Texts.Hour($"at{hour}", 3, hour, $"ORGANIZER:mailto:{bob.Address}\nATTENDEE;PARTSTAT={answer}:mailto:{alice.Address}"));
        (await Of(workplace, bob, alice)).ShouldBe(["03-03T10:00 03-03T11:00 Confirmed", "03-03T12:00 03-03T13:00 Tentative", "03-03T14:00 03-03T15:00 Unavailable"]);
        await workplace.Calendars.Set(alice.Caller, alice.Account, new CalendarSet { Update = new Dictionary<long, CalendarUpdate> { [calendar] = new() { Availability = CalendarAvailability.Attending } } }, Cancellation);
        (await Of(workplace, bob, alice)).ShouldBe(["03-03T10:00 03-03T11:00 Confirmed", "03-03T12:00 03-03T13:00 Tentative"]);
        await workplace.Calendars.Set(alice.Caller, alice.Account, new CalendarSet { Update = new Dictionary<long, CalendarUpdate> { [calendar] = new() { Availability = CalendarAvailability.None } } }, Cancellation);
        (await Of(workplace, bob, alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_are_told_with_the_times_where_the_calendar_is_shared()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, chloe) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"));
        var (calendar, other) = (await workplace.First(alice), await workplace.NewCalendar(alice, "Other"));
        await workplace.Give(alice, bob, Rights.Reader, calendar);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3, 10, "COLOR:red"));
        await workplace.Keep(alice, other, "b.ics", Texts.Hour("b", 3, 10));
        var told = (await Periods(workplace, bob, alice, withEvents: true))!;
        told.Count.ShouldBe(2);
        told[0].Event.ShouldBeNull();
        ((string?)told[1].Event!["title"], told[1].CalendarId, told[1].Event!.ContainsKey("color")).ShouldBe(("a", calendar, false));
        (await Periods(workplace, chloe, alice, withEvents: true))!.ShouldHaveSingleItem().Event.ShouldBeNull();
        (await Periods(workplace, alice, alice, withEvents: true))!.Count(period => period.Event is not null).ShouldBe(2);
    }

    [Fact]
    public async Task Outside_of_the_hours_one_is_there_one_is_not_free()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var calendar = await workplace.First(alice);
        await workplace.Keep(alice, calendar, "hours.ics", Texts.Object("BEGIN:VAVAILABILITY\nUID:hours\nDTSTAMP:20260301T000000Z\nBEGIN:AVAILABLE\nUID:day\nDTSTAMP:20260301T000000Z\nDTSTART:20260301T080000Z\nDTEND:20260301T170000Z\nRRULE:FREQ=DAILY\nEND:AVAILABLE\nEND:VAVAILABILITY"));
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3, 16));
        (await Of(workplace, bob, alice)).ShouldBe(["03-03T00:00 03-03T08:00 Unavailable", "03-03T16:00 03-03T17:00 Confirmed", "03-03T17:00 03-04T00:00 Unavailable"]);
    }

    [Fact]
    public async Task Of_nobody_nothing_is_told()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        (await workplace.Get<Availability>().Of(alice.Caller, new AccountId(999_999), Instant.FromUtc(2026, 3, 3, 0, 0), Instant.FromUtc(2026, 3, 4, 0, 0), false, Cancellation)).ShouldBeNull();
    }

    static ValueTask<IReadOnlyList<BusyPeriod>?> Periods(CalendarWorkplace workplace, CalendarPerson asker, CalendarPerson of, bool withEvents) =>
        workplace.Get<Availability>().Of(asker.Caller, of.Account, Instant.FromUtc(2026, 3, 3, 0, 0), Instant.FromUtc(2026, 3, 4, 0, 0), withEvents, Cancellation);

    static async Task<IEnumerable<string>> Of(CalendarWorkplace workplace, CalendarPerson asker, CalendarPerson of) =>
        (await Periods(workplace, asker, of, false))!.Select(period => $"{Moment.Format(period.Start)} {Moment.Format(period.End)} {period.Status}");
}
