using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Tests.Store;

public abstract class PersonalContract(DatabaseFixture fixture)
{
    const string HerAlarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT10M\nDESCRIPTION:hers\nEND:VALARM";
    const string HisAlarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT1H\nDESCRIPTION:his\nEND:VALARM";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Colours_and_alarms_of_a_shared_event_are_everybodys_own_over_texts()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, calendar) = await Shared(workplace, Rights.Reader | Rights.Write);
        var hers = Texts.Hour("a", 3, more: $"COLOR:red\n{HerAlarm}");
        await workplace.Keep(alice, calendar, "a.ics", hers);
        Texts.Of(await workplace.Find(alice, calendar, "a.ics", bob)).ShouldSatisfyAllConditions(
            text => text.ShouldNotContain("red"), text => text.ShouldNotContain("hers"), text => text.ShouldContain("SUMMARY:a"));

        var put = await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 4, more: $"COLOR:blue\nLOCATION:Here\n{HisAlarm}"), by: bob);
        put.Refused.ShouldBeNull();
        Texts.Of(await workplace.Find(alice, calendar, "a.ics")).ShouldSatisfyAllConditions(
            text => text.ShouldContain("COLOR:red"), text => text.ShouldContain("hers"), text => text.ShouldNotContain("-PT1H"), text => text.ShouldContain("LOCATION:Here"), text => text.ShouldContain("20260304T100000Z"));
        var his = (await workplace.Find(alice, calendar, "a.ics", bob))!;
        his.ETag.ShouldBe(put.Stored!.ETag);
        Texts.Of(his).ShouldSatisfyAllConditions(text => text.ShouldContain("COLOR:blue"), text => text.ShouldContain("-PT1H"), text => text.ShouldNotContain("hers"));
    }

    [Fact]
    public async Task Who_may_read_only_keeps_what_is_their_own_where_that_is_allowed()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, calendar) = await Shared(workplace, Rights.Reader | Rights.Personalize);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        var before = (await workplace.Find(alice, calendar, "a.ics", bob))!;
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 4, more: HisAlarm), by: bob)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
        var put = await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 3, more: HisAlarm), ifMatch: before.ETag, by: bob);
        put.Refused.ShouldBeNull();
        put.Stored!.ETag.ShouldNotBe(before.ETag);
        (await workplace.Find(alice, calendar, "a.ics"))!.ETag.ShouldBe(before.ETag);
        Texts.Of(await workplace.Find(alice, calendar, "a.ics")).ShouldNotContain("VALARM");
        Texts.Of(await workplace.Find(alice, calendar, "a.ics", bob)).ShouldContain("-PT1H");

        // What all see changed meanwhile: his old picture is not put over it.
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 9));
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 3), ifMatch: put.Stored.ETag, by: bob)).Refused!.Failure.ShouldBe(CalendarFailure.StateMismatch);
        var both = Texts.Of(await workplace.Find(alice, calendar, "a.ics", bob));
        both.ShouldContain("-PT1H");
        both.ShouldContain("20260309T100000Z");
    }

    [Fact]
    public async Task Nobody_makes_an_event_private_in_the_calendar_of_somebody_else()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, calendar) = await Shared(workplace, Rights.Reader | Rights.Write);
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 3, more: "CLASS:PRIVATE"), by: bob)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 3, more: "CLASS:PUBLIC"), by: bob)).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_given_back_as_it_was_given_is_said_to_be()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, calendar) = await Shared(workplace, Rights.Reader | Rights.Write);
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 3))).IsAsGiven.ShouldBeTrue();
        var text = Texts.Hour("b", 3, more: "X-LONG:" + new string('x', 100));
        var put = await workplace.Put(alice, calendar, "b.ics", text, by: bob);
        var read = (await workplace.Find(alice, calendar, "b.ics", bob))!;
        put.IsAsGiven.ShouldBe(read.Text!.Value.Span.SequenceEqual(text));
        (await workplace.Objects.Remove(bob.Caller, alice.Account, calendar, "b.ics", read.ETag, Cancellation)).ShouldBeNull();
    }

    static async Task<(CalendarPerson Alice, CalendarPerson Bob, long Calendar)> Shared(CalendarWorkplace workplace, Rights rights)
    {
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var calendar = await workplace.First(alice);
        await workplace.Give(alice, bob, rights, calendar);
        return (alice, bob, calendar);
    }
}
