using Bastide.Platform.Accounts;
using NodaTime;

namespace Bastide.Calendar.Tests.Store;

public abstract class FinderContract(DatabaseFixture fixture)
{
    static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_found_by_time_words_calendar_and_uid()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (calendar, other) = (await workplace.First(alice), await workplace.NewCalendar(alice, "Other"));
        await workplace.Keep(alice, calendar, "bridge.ics", Texts.Event("bridge", "DTSTART;TZID=Europe/Paris:20260310T090000\nDURATION:PT2H\nSUMMARY:Bridge works\nDESCRIPTION:Scaffolding and paint\nLOCATION:Quai Sud"));
        await workplace.Keep(alice, calendar, "weekly.ics", Texts.Event("weekly", "DTSTART;TZID=Europe/Paris:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nSUMMARY:Standing talk"));
        await workplace.Keep(alice, other, "past.ics", Texts.Event("past", $"DTSTART;VALUE=DATE:20250101\nSUMMARY:New year\nORGANIZER;CN=Zoé:mailto:zoe@example.org\nATTENDEE;CN=Max:mailto:max@example.org\nATTENDEE:mailto:{alice.Address}"));

        (await Uids(new EventCondition { Text = "paint" })).ShouldBe(["bridge"]);
        (await Uids(new EventCondition { Title = "paint" })).ShouldBeEmpty();
        (await Uids(new EventCondition { Title = "bridge", Location = "quai" })).ShouldBe(["bridge"]);
        (await Uids(new EventCondition { Attendee = "max" })).ShouldBe(["past"]);
        (await Uids(new EventCondition { Owner = "zoé" })).ShouldBe(["past"]);
        (await Uids(new EventCondition { InCalendar = other })).ShouldBe(["past"]);
        (await Uids(new EventCondition { Uid = "weekly" })).ShouldBe(["weekly"]);
        (await Uids(new EventCondition { After = new LocalDateTime(2030, 1, 1, 0, 0) })).ShouldBe(["weekly"]);
        (await Uids(new EventCondition { Before = new LocalDateTime(2026, 1, 1, 0, 0) })).ShouldBe(["past"]);
        (await Uids(new EventCondition { After = new LocalDateTime(2026, 3, 10, 10, 59), Before = new LocalDateTime(2026, 3, 10, 12, 0) })).ShouldBe(["bridge", "weekly"]);
        (await Uids(new EventCondition { After = new LocalDateTime(2026, 3, 10, 11, 0) })).ShouldBe(["weekly"]);
        (await Uids(null)).ShouldBe(["bridge", "past", "weekly"]);
        (await Uids(new EventFilter(null, "NOT", [new EventFilter(new EventCondition { InCalendar = calendar })]))).ShouldBe(["past"]);
        (await Uids(new EventFilter(null, "OR", [new EventFilter(new EventCondition { Uid = "past" }), new EventFilter(new EventCondition { Text = "scaffolding" })]))).ShouldBe(["bridge", "past"]);

        async Task<IEnumerable<string>> Uids(object? what)
        {
            var filter = what is EventCondition condition ? new EventFilter(condition) : (EventFilter?)what;
            var found = await workplace.Get<EventFinder>().Query(alice.Caller, alice.Account, new EventQuery { Filter = filter, Sort = [(EventSortProperty.Uid, true)], TimeZone = Paris }, Cancellation);
            var (records, _) = await workplace.Events.Get(alice.Caller, alice.Account, found.Refs!, Cancellation);
            return records.Select(record => (string)record.Event["uid"]!);
        }
    }

    [Fact]
    public async Task Occurrences_are_told_one_by_one_in_order()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var (calendar, other) = (await workplace.First(alice), await workplace.NewCalendar(alice, "Other"));
        await workplace.Keep(alice, calendar, "weekly.ics", Texts.Object(
            Texts.Component("weekly", "DTSTART;TZID=Europe/Paris:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Paris:20260316T090000\nSUMMARY:Talk")
            + "\n" + Texts.Component("weekly", "RECURRENCE-ID;TZID=Europe/Paris:20260323T090000\nDTSTART;TZID=Europe/Paris:20260324T140000\nDURATION:PT1H\nSUMMARY:Visit")));
        await workplace.Keep(alice, other, "day.ics", Texts.Event("day", "DTSTART;VALUE=DATE:20260310\nSUMMARY:Holiday"));
        await workplace.Give(alice, bob, Rights.Reader, calendar);
        var march = new EventCondition { After = new LocalDateTime(2026, 3, 1, 0, 0), Before = new LocalDateTime(2026, 4, 1, 0, 0) };
        var all = await Told(alice, march);
        all.ShouldBe(["2026-03-02T09:00:00", "2026-03-09T09:00:00", "", "2026-03-23T09:00:00", "2026-03-30T09:00:00"]);
        (await Told(bob, march)).ShouldBe(["2026-03-02T09:00:00", "2026-03-09T09:00:00", "2026-03-23T09:00:00", "2026-03-30T09:00:00"]);
        (await Told(alice, march with { Title = "visit" })).ShouldBe(["2026-03-23T09:00:00"]);
        (await Told(alice, march with { Title = "talk" })).ShouldBe(["2026-03-02T09:00:00", "2026-03-09T09:00:00", "2026-03-30T09:00:00"]);
        (await Told(alice, march with { InCalendar = other })).ShouldBe([""]);
        (await Told(alice, march with { After = new LocalDateTime(2026, 3, 9, 10, 0), Before = new LocalDateTime(2026, 3, 10, 0, 0) })).ShouldBeEmpty();

        async Task<IEnumerable<string>> Told(CalendarPerson person, EventCondition condition)
        {
            var query = new EventQuery { Filter = new EventFilter(condition), ExpandRecurrences = true, Sort = [(EventSortProperty.Start, true)], TimeZone = Paris };
            return (await workplace.Get<EventFinder>().Query(person.Caller, alice.Account, query, Cancellation)).Refs!.Select(reference => reference.Instance ?? "");
        }
    }

    [Fact]
    public async Task What_changed_in_an_answer_is_told_so_that_it_can_be_kept()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var query = new EventQuery { Filter = new EventFilter(new EventCondition { Before = new LocalDateTime(2026, 3, 20, 0, 0) }), Sort = [(EventSortProperty.Start, true)] };
        var finder = workplace.Get<EventFinder>();
        var random = new Random(7);
        var known = (await finder.Query(alice.Caller, alice.Account, query, Cancellation)) is var first ? (first.State, Ids: first.Refs!.Select(reference => reference.Id).ToList()) : default;
        for (var step = 0; step < 40; step++)
        {
            var name = $"e{random.Next(8)}";
            if (random.Next(4) == 0) await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, name + ".ics", null, Cancellation);
            else await workplace.Keep(alice, calendar, name + ".ics", Texts.Hour(name, random.Next(1, 28), random.Next(24)));
            if (random.Next(3) > 0) continue;
            var changes = (await finder.Changes(alice.Caller, alice.Account, query, known.State, Cancellation))!.Value;
            known.Ids.RemoveAll(changes.Removed.Contains);
            known.Ids.RemoveAll(changes.Added.Select(added => added.Id).Contains);
            foreach (var (id, index) in changes.Added.OrderBy(added => added.Index)) known.Ids.Insert((int)index, id);
            known.State = changes.New;
            var now = await finder.Query(alice.Caller, alice.Account, query, Cancellation);
            known.Ids.ShouldBe(now.Refs!.Select(reference => reference.Id), $"step {step}");
            changes.Total.ShouldBe(now.Refs!.Count);
        }
    }
}
