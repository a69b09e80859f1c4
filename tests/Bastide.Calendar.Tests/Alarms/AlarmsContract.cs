using System.Text.Json.Nodes;
using Bastide.Abstractions.Mail;
using Bastide.Calendar.Alarms;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Calendar.Tests.Alarms;

/// <summary>The clock of a workplace begins on 2 March 2026 at 9:00 in UTC.</summary>
public abstract class AlarmsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static string Alarm(string uid, string trigger, string more = "") => $"BEGIN:VALARM\nUID:{uid}\nACTION:DISPLAY\n{trigger}\nDESCRIPTION:x\n{more}\nEND:VALARM".Replace("\n\n", "\n", StringComparison.Ordinal);

    async Task<(CalendarWorkplace Workplace, CalendarPerson Alice, long Calendar)> Begin()
    {
        var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        return (workplace, alice, await workplace.First(alice));
    }

    [Fact]
    public async Task An_alarm_goes_off_once_at_its_time_and_not_again_when_its_event_is_changed()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, Alarm("one", "TRIGGER:-PT15M")));
        (await workplace.Until(alice, "2026-03-02T11:44Z")).ShouldBeEmpty();
        (await workplace.Until(alice, "2026-03-02T11:47Z")).ShouldBe(["a - one 02T11:45"]);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, "LOCATION:Here\n" + Alarm("one", "TRIGGER:-PT15M")));
        (await workplace.Until(alice, "2026-03-02T14:00Z")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Triggers_are_from_the_start_or_the_end_at_a_time_of_their_own_and_again_as_often_as_they_say()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, string.Join('\n', Alarm("end", "TRIGGER;RELATED=END:-PT10M"), Alarm("own", "TRIGGER;VALUE=DATE-TIME:20260302T093000Z"), Alarm("again", "TRIGGER:-PT1H", "REPEAT:2\nDURATION:PT5M"))));
        (await workplace.Until(alice, "2026-03-02T14:00Z")).ShouldBe(["a - own 02T09:30", "a - again 02T11:00", "a - again 02T11:05", "a - again 02T11:10", "a - end 02T12:50"]);
    }

    [Fact]
    public async Task Every_instance_of_a_series_calls_as_it_says_itself_and_not_what_is_cancelled_or_taken_out()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        var master = Texts.Component("a", $"DTSTART;TZID=Europe/Paris:20260302T120000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE;TZID=Europe/Paris:20260303T120000\n{Alarm("one", "TRIGGER:-PT1H")}");
        var moved = Texts.Component("a", $"RECURRENCE-ID;TZID=Europe/Paris:20260304T120000\nDTSTART;TZID=Europe/Paris:20260304T180000\nDURATION:PT1H\n{Alarm("one", "TRIGGER:-PT5M")}");
        var cancelled = Texts.Component("a", $"RECURRENCE-ID;TZID=Europe/Paris:20260305T120000\nDTSTART;TZID=Europe/Paris:20260305T120000\nDURATION:PT1H\nSTATUS:CANCELLED\n{Alarm("one", "TRIGGER:-PT1H")}");
        await workplace.Keep(alice, calendar, "a.ics", Texts.Object($"{master}\n{moved}\n{cancelled}"));
        (await workplace.Until(alice, "2026-03-07T00:00Z")).ShouldBe(["a 2026-03-02T12:00:00 one 02T10:00", "a 2026-03-04T12:00:00 one 04T16:55", "a 2026-03-06T12:00:00 one 06T10:00"]);
        // Weeks go by without a change: the table is filled further.
        workplace.SleepUntil("2026-03-30T09:30Z");
        (await workplace.Until(alice, "2026-03-31T12:00Z")).ShouldBe(["a 2026-03-30T12:00:00 one 30T09:30", "a 2026-03-31T12:00:00 one 31T09:00"]);
    }

    [Fact]
    public async Task What_is_far_ahead_is_found_in_time()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        await workplace.Keep(alice, calendar, "a.ics", Texts.Event("a", $"DTSTART:20260520T100000Z\nDURATION:PT1H\n{Alarm("one", "TRIGGER:-P1W")}\n{Alarm("two", "TRIGGER:-PT5M")}"));
        await workplace.Ring();
        foreach (var day in (string[])["2026-03-20T00:00Z", "2026-05-12T10:00Z"])
        {
            workplace.SleepUntil(day);
            await workplace.Ring();
        }

        (await workplace.Until(alice, "2026-05-20T11:00Z")).ShouldBe(["a - one 13T10:00", "a - two 20T09:55"]);
    }

    [Fact]
    public async Task What_was_acknowledged_is_silent_and_a_snooze_calls_at_its_time()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, $"{Alarm("one", "TRIGGER:-PT15M", "ACKNOWLEDGED:20260302T114600Z")}\n{Alarm("later", "TRIGGER;VALUE=DATE-TIME:20260302T115500Z", "RELATED-TO;RELTYPE=SNOOZE:one")}"));
        await workplace.Keep(alice, calendar, "b.ics", Texts.Hour("b", 2, 12, $"X-MOZ-LASTACK:20260302T114600Z\n{Alarm("one", "TRIGGER:-PT15M")}"));
        var series = $"DTSTART:20260302T120000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\n{Alarm("one", "TRIGGER:-PT15M", "ACKNOWLEDGED:20260302T114600Z")}";
        await workplace.Keep(alice, calendar, "c.ics", Texts.Event("c", series));
        (await workplace.Until(alice, "2026-03-04T00:00Z")).ShouldBe(["a - later 02T11:55", "c 2026-03-03T12:00:00 one 03T11:45"]);
    }

    [Fact]
    public async Task What_was_declined_or_destroyed_or_is_a_draft_calls_on_nobody()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        var invited = $"ORGANIZER:mailto:x@example.com\nATTENDEE;PARTSTAT=DECLINED:mailto:{alice.Address}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:y@example.com";
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, $"{invited}\n{Alarm("one", "TRIGGER:-PT15M")}"));
        await workplace.Keep(alice, calendar, "b.ics", Texts.Hour("b", 2, 12, Alarm("one", "TRIGGER:-PT15M")));
        await workplace.Ring();
        (await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "b.ics", null, Cancellation)).ShouldBeNull();
        var draft = await alice.Call("CalendarEvent/set", """
            {"create":{"d":{"calendarIds":{"c#calendar":true},"isDraft":true,"title":"d","start":"2026-03-02T12:00:00","timeZone":"Etc/UTC","duration":"PT1H","alerts":{"one":{"trigger":{"@type":"OffsetTrigger","offset":"-PT15M"}}}}}}
            """.Replace("#calendar", $"{calendar}", StringComparison.Ordinal));
        draft["created"].ShouldNotBeNull();
        (await workplace.Until(alice, "2026-03-02T13:00Z")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_begins_where_the_person_is()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        (await alice.Call("Calendar/set", """{"update":{"c#calendar":{"timeZone":"America/New_York"}}}""".Replace("#calendar", $"{calendar}", StringComparison.Ordinal)))["updated"].ShouldNotBeNull();
        await workplace.Keep(alice, calendar, "a.ics", Texts.Event("a", $"DTSTART;VALUE=DATE:20260304\n{Alarm("one", "TRIGGER:-PT9H")}"));
        (await workplace.Until(alice, "2026-03-05T00:00Z")).ShouldBe(["a - one 03T20:00"]);
    }

    [Fact]
    public async Task The_default_alerts_of_the_calendar_call_where_the_event_asks_for_them_and_change_with_it()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        async Task Defaults(string offset) => (await alice.Call("Calendar/set", """
            {"update":{"c#calendar":{"defaultAlertsWithTime":{"d":{"@type":"Alert","trigger":{"@type":"OffsetTrigger","offset":"#offset"}}}}}}
            """.Replace("#calendar", $"{calendar}", StringComparison.Ordinal).Replace("#offset", offset, StringComparison.Ordinal)))["updated"].ShouldNotBeNull();
        await Defaults("-PT10M");
        var same = """ "title":"a","timeZone":"Etc/UTC","duration":"PT1H","useDefaultAlerts":true,"alerts":{"own":{"trigger":{"@type":"OffsetTrigger","offset":"-PT1H"}}} """;
        (await alice.Call("CalendarEvent/set", """
            {"create":{"a":{"calendarIds":{"c#calendar":true},"uid":"a","start":"2026-03-02T12:00:00",#event1},"b":{"calendarIds":{"c#calendar":true},"uid":"b","start":"2026-03-02T15:00:00",#event1}}}
            """.Replace("#calendar", $"{calendar}", StringComparison.Ordinal).Replace("#event1", same, StringComparison.Ordinal)))["created"]!.AsObject().Count.ShouldBe(2);
        (await workplace.Until(alice, "2026-03-02T13:00Z")).ShouldBe(["a - d 02T11:50"]);
        await Defaults("-PT20M");
        (await workplace.Until(alice, "2026-03-02T16:00Z")).ShouldBe(["b - d 02T14:40"]);
    }

    [Fact]
    public async Task In_a_shared_calendar_everybody_hears_their_own_and_who_may_not_read_it_any_more_nothing()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        var bob = await workplace.Add("bob");
        await workplace.Give(alice, bob, Rights.Reader | Rights.Personalize, calendar);
        foreach (var (name, hour) in new[] { ("a", 12), ("b", 14) })
        {
            await workplace.Keep(alice, calendar, name + ".ics", Texts.Hour(name, 2, hour, Alarm("hers", "TRIGGER:-PT15M")));
            (await workplace.Put(alice, calendar, name + ".ics", Texts.Hour(name, 2, hour, Alarm("his", "TRIGGER:-PT30M")), by: bob)).Refused.ShouldBeNull();
        }

        var his = await workplace.Until(bob, "2026-03-02T11:50Z");
        his.ShouldBe(["a - his 02T11:30"]);
        await workplace.Give(alice, bob, Rights.None, calendar);
        (await workplace.Until(bob, "2026-03-02T15:00Z")).ShouldBeEmpty();
        (await workplace.AlertState(alice)).Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Defaults_of_a_calendar_that_is_shared_and_alarms_of_what_is_a_teams_are_each_persons_own()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        var bob = await workplace.Add("bob");
        var sales = await workplace.AddTeam("sales", alice, bob);
        await workplace.Give(alice, bob, Rights.Reader | Rights.Personalize, calendar);
        (await bob.Call("Calendar/set", """
            {"accountId":"#account","update":{"c#calendar":{"isSubscribed":true,"defaultAlertsWithTime":{"d":{"@type":"Alert","trigger":{"@type":"OffsetTrigger","offset":"-PT5M"}}}}}}
            """.Replace("#account", $"{alice.Account}", StringComparison.Ordinal).Replace("#calendar", $"{calendar}", StringComparison.Ordinal)))["updated"].ShouldNotBeNull();
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, Alarm("hers", "TRIGGER:-PT15M")));
        var id = (string)(await bob.Call("CalendarEvent/query", $$$"""{"accountId":"{{{alice.Account}}}","filter":{"uid":"a"}}"""))["ids"]![0]!;
        (await bob.Call("CalendarEvent/set", new JsonObject { ["accountId"] = $"{alice.Account}", ["update"] = new JsonObject { [id] = new JsonObject { ["useDefaultAlerts"] = true } } }))["updated"].ShouldNotBeNull();

        var team = await workplace.First(sales);
        (await workplace.Put(sales, team, "t.ics", Texts.Hour("t", 2, 14, Alarm("alice", "TRIGGER:-PT15M")), by: alice)).Refused.ShouldBeNull();
        (await workplace.Put(sales, team, "t.ics", Texts.Hour("t", 2, 14, Alarm("bob", "TRIGGER:-PT20M")), by: bob)).Refused.ShouldBeNull();
        var before = await workplace.AlertState(alice);
        (await workplace.Until(bob, "2026-03-02T15:00Z")).ShouldBe(["a - d 02T11:55", "t - bob 02T13:40"]);
        var hers = await workplace.Get<AlarmFiring>().Pushed(alice.Caller, before, await workplace.AlertState(alice), Cancellation);
        hers.Select(alert => $"{alert["accountId"]} {alert["alertId"]}").ShouldBe([$"{sales.Account} alice"]);
        (await workplace.AlertState(sales)).Value.ShouldBe(0);
    }

    [Fact]
    public async Task What_recurs_beyond_all_measure_keeps_nobody_waiting()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        await workplace.Keep(alice, calendar, "s.ics", Texts.Event("s", $"DTSTART:20200101T000000Z\nRRULE:FREQ=SECONDLY\n{Alarm("one", "TRIGGER:-P1W")}\n{Alarm("far", "TRIGGER:-P1000W")}"));
        await workplace.Keep(alice, calendar, "n.ics", Texts.Event("n", $"DTSTART:20260302T000000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n{Alarm("one", "TRIGGER:-PT1H")}"));
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 10, Alarm("one", "TRIGGER:-PT15M")));
        await workplace.Get<AlarmPlanning>().Plan(Cancellation);
        var planned = await fixture.Database.Read(scope => scope.Long(CountOf, alice.Account), Cancellation);
        planned!.Value.ShouldBeInRange(1, (2 * AlarmExpansion.MostOccurrences) + 1);
        // The other tests share the table.
        (await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "s.ics", null, Cancellation)).ShouldBeNull();
        (await workplace.Until(alice, "2026-03-02T09:45Z")).ShouldContain("a - one 02T09:45");
    }

    static readonly Sql CountOf = new("SELECT COUNT(*) FROM calendar_alarms WHERE person_id = $1");

    [Fact]
    public async Task After_two_nodes_were_down_what_is_little_late_goes_off_once_and_what_is_old_not_at_all()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, Alarm("one", "TRIGGER:-PT15M")));
        await workplace.Keep(alice, calendar, "b.ics", Texts.Hour("b", 2, 15, Alarm("one", "TRIGGER:-PT15M")));
        await workplace.Keep(alice, calendar, "c.ics", Texts.Event("c", $"DTSTART:20260302T100000Z\nDURATION:PT5M\nRRULE:FREQ=MINUTELY;INTERVAL=10;COUNT=60\n{Alarm("one", "TRIGGER:PT0S")}"));
        await workplace.Ring();
        workplace.SleepUntil("2026-03-02T15:30Z");
        var before = await workplace.AlertState(alice);
        var one = workplace.Get<AlarmFiring>();
        var other = ActivatorUtilities.CreateInstance<AlarmFiring>(workplace.Services);
        await Task.WhenAll(one.Fire(Cancellation), other.Fire(Cancellation), one.Fire(Cancellation), other.Fire(Cancellation));
        var told = await one.Pushed(alice.Caller, before, await workplace.AlertState(alice), Cancellation);
        told.Select(alert => $"{alert["uid"]} {alert["recurrenceId"]}").ShouldBe(["b ", "c 2026-03-02T15:30:00"]);
    }

    [Fact]
    public async Task Two_nodes_that_look_for_the_same_alarms_find_them_once()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        for (var i = 0; i < 60; i++) await workplace.Keep(alice, calendar, $"{i}.ics", Texts.Hour($"e{i:00}", 2, 12, Alarm("one", "TRIGGER:-PT15M")));
        var nodes = Enumerable.Range(0, 3).Select(_ => ActivatorUtilities.CreateInstance<AlarmPlanning>(workplace.Services)).ToList();
        await Task.WhenAll(nodes.Select(node => node.Plan(Cancellation)));
        (await workplace.Until(alice, "2026-03-02T12:00Z")).Order().ShouldBe(Enumerable.Range(0, 60).Select(i => $"e{i:00} - one 02T11:45"));
    }

    [Fact]
    public async Task What_is_pushed_names_the_event_as_JMAP_does_and_is_its_persons_alone()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        var bob = await workplace.Add("bob");
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 2, 12, Alarm("one", "TRIGGER:-PT15M")));
        var id = (string)(await alice.Call("CalendarEvent/query", """{"filter":{"uid":"a"}}"""))["ids"]![0]!;
        await workplace.Until(alice, "2026-03-02T11:46Z");
        var now = await workplace.AlertState(alice);
        var told = (await workplace.Get<AlarmFiring>().Pushed(alice.Caller, default, now, Cancellation)).ShouldHaveSingleItem();
        var expected = new JsonObject { ["@type"] = "CalendarAlert", ["accountId"] = alice.Account.ToString(), ["calendarEventId"] = id, ["uid"] = "a", ["recurrenceId"] = null, ["alertId"] = "one" };
        JsonNode.DeepEquals(told, expected).ShouldBeTrue(told.ToJsonString());
        (await workplace.Get<AlarmFiring>().Pushed(alice.Caller, now, now, Cancellation)).ShouldBeEmpty();
        (await workplace.Get<AlarmFiring>().Pushed(bob.Caller, default, now, Cancellation)).ShouldBeEmpty();
        // Who comes back after hours is not told what is long past.
        workplace.SleepUntil("2026-03-02T13:50Z");
        (await workplace.Get<AlarmFiring>().Pushed(alice.Caller, default, now, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alarm_by_mail_goes_to_the_person_alone_once()
    {
        var (workplace, alice, calendar) = await Begin();
        await using var _ = workplace;
        var byMail = Alarm("one", "TRIGGER:-PT15M", "SUMMARY:x\nATTENDEE:mailto:victim@example.com").Replace("ACTION:DISPLAY", "ACTION:EMAIL", StringComparison.Ordinal);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Event("a", $"DTSTART;TZID=Europe/Paris:20260301T130000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nSUMMARY:Déjeuner\nLOCATION:Here\nDESCRIPTION:Bring bread\n{byMail}"));
        var mailing = ActivatorUtilities.CreateInstance<AlarmMail>(workplace.Services);
        await workplace.Ring();
        workplace.SleepUntil("2026-03-02T11:45Z");
        await workplace.Get<AlarmFiring>().Fire(Cancellation);
        var job = (await fixture.Database.Read(scope => JobQueue.Pending(scope, AlarmMail.JobKind, 10), Cancellation)).ShouldHaveSingleItem();
        await mailing.Run(job, Cancellation);
        await mailing.Run(job, Cancellation);
        var message = workplace.Post.Sent.ShouldHaveSingleItem();
        message.To.ShouldHaveSingleItem().Address.ShouldBe(alice.Address);
        message.IsAutomatic.ShouldBeTrue();
        message.Subject.ShouldBe("Déjeuner (2026-03-02 13:00–14:00, Europe/Paris)");
        message.Text.ShouldStartWith("Déjeuner\n2026-03-02 13:00–14:00, Europe/Paris\nHere\n\nBring bread\n".ReplaceLineEndings());
        (await workplace.AlertState(alice)).Value.ShouldBe(0);
    }
}
