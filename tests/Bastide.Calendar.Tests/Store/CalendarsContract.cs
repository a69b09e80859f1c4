using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Tests.Store;

public abstract class CalendarsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everyone_begins_with_a_calendar_that_is_the_default_and_theirs()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (found, _) = await workplace.Calendars.Get(alice.Caller, alice.Account, null, Cancellation);
        var calendar = found.ShouldHaveSingleItem();
        (calendar.Name, calendar.Resource, calendar.IsDefault, calendar.IsSubscribed, calendar.Kinds).ShouldBe(("Calendar", "default", true, true, CalendarKinds.All));
        calendar.MyRights.HasFlag(Rights.Owner | Rights.Remove | Rights.WriteOwn | Rights.Respond | Rights.Personalize).ShouldBeTrue();
        (await workplace.Calendars.Find(alice.Caller, alice.Account, "default", Cancellation))!.Id.ShouldBe(calendar.Id);
        (await workplace.Calendars.Find(alice.Caller, alice.Account, "other", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_made_changed_and_destroyed_is_told_since_any_state()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (found, start) = await workplace.Calendars.Get(alice.Caller, alice.Account, null, Cancellation);
        var made = await Set(workplace, alice, new CalendarSet { Create = New("Holidays", new CalendarUpdate { Color = Said("teal"), Description = Said("Days off") }) });
        var id = made.Created["new"].Id;
        (made.Created["new"].Color, made.Created["new"].Description, made.Created["new"].Resource).ShouldBe(("teal", "Days off", "holidays"));
        (await Changes(workplace, alice, start)).Created.ShouldBe([id]);

        var renamed = await Set(workplace, alice, new CalendarSet { Update = Change(id, new CalendarUpdate { Name = "Leave", Color = new Optional<string>(null, true) }) });
        renamed.NotUpdated.ShouldBeEmpty();
        (await Changes(workplace, alice, made.NewState)).Updated.ShouldBe([id]);
        var (after, _) = await workplace.Calendars.Get(alice.Caller, alice.Account, [id], Cancellation);
        (after[0].Name, after[0].Color, after[0].Description, after[0].Resource).ShouldBe(("Leave", null, "Days off", "holidays"));

        (await Set(workplace, alice, new CalendarSet { Destroy = [id] })).Destroyed.ShouldBe([id]);
        (await Changes(workplace, alice, renamed.NewState)).Destroyed.ShouldBe([id]);
        (await Changes(workplace, alice, start)).ShouldSatisfyAllConditions(
            changes => changes.Created.ShouldBeEmpty(), changes => changes.Destroyed.ShouldBeEmpty());
        found.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_set_against_another_state_changes_nothing()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (_, state) = await workplace.Calendars.Get(alice.Caller, alice.Account, null, Cancellation);
        await workplace.NewCalendar(alice, "One");
        (await Set(workplace, alice, new CalendarSet { IfInState = state, Create = New("Two") })).Refused!.Failure.ShouldBe(CalendarFailure.StateMismatch);
        (await workplace.Calendars.Get(alice.Caller, alice.Account, null, Cancellation)).Found.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_calendar_that_holds_something_goes_only_with_what_it_holds()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var id = await workplace.NewCalendar(alice, "Holidays");
        for (var i = 1; i <= 205; i++) await workplace.Keep(alice, id, $"{i}.ics", Texts.Hour($"holiday-{i}", 1 + i % 28));
        var (_, octets, items) = await Used(alice);
        items.ShouldBe(205);
        octets.ShouldBeGreaterThan(205 * 100);
        (await Set(workplace, alice, new CalendarSet { Destroy = [id] })).NotDestroyed[id].Failure.ShouldBe(CalendarFailure.CalendarHasEvent);
        (await Set(workplace, alice, new CalendarSet { Destroy = [id], OnDestroyRemoveEvents = true })).Destroyed.ShouldBe([id]);
        (await workplace.Objects.OfUid(alice.Caller, alice.Account, "holiday-3", false, Cancellation)).ShouldBeNull();
        (_, octets, items) = await Used(alice);
        (octets, items).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Another_calendar_becomes_the_default_and_one_always_is()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var first = await workplace.First(alice);
        var made = await Set(workplace, alice, new CalendarSet { Create = New("Work"), SetDefaultCreated = "new" });
        var work = made.Created["new"].Id;
        (await workplace.First(alice)).ShouldBe(work);
        (await Set(workplace, alice, new CalendarSet { Destroy = [work] })).NotDestroyed.ShouldBeEmpty();
        (await workplace.First(alice)).ShouldBe(first);
    }

    [Fact]
    public async Task A_shared_calendar_is_there_for_whom_it_is_shared_with_and_nobody_else()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, chloe) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"));
        var id = await workplace.NewCalendar(alice, "Project");
        var (_, before) = await workplace.Calendars.Get(alice.Caller, alice.Account, null, Cancellation);
        (await Set(workplace, alice, new CalendarSet { Update = Change(id, Share(bob, Rights.Reader)) })).NotUpdated.ShouldBeEmpty();

        var (theirs, _) = await workplace.Calendars.Get(bob.Caller, alice.Account, null, Cancellation);
        var seen = theirs.ShouldHaveSingleItem();
        (seen.Id, seen.Name, seen.MyRights, seen.SharedWith, seen.IsSubscribed, seen.Availability).ShouldBe((id, "Project", Rights.Reader, null, false, CalendarAvailability.None));
        (await workplace.Calendars.Get(chloe.Caller, alice.Account, null, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Calendars.Find(chloe.Caller, alice.Account, "project", Cancellation)).ShouldBeNull();
        (await workplace.Calendars.Get(alice.Caller, alice.Account, [id], Cancellation)).Found[0].SharedWith!.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(bob.Account, Rights.Reader));
        (await workplace.Calendars.Changes(bob.Caller, alice.Account, before, 100, Cancellation))!.Updated.ShouldBe([id]);

        // Colour, place and whether it is seen are everybody's own; the name a reader gives it too; what it is for is not.
        (await Set(workplace, alice, new CalendarSet { Update = Change(id, new CalendarUpdate { Name = "The bridge", Color = Said("green") }) }, bob)).NotUpdated.ShouldBeEmpty();
        (await workplace.Calendars.Get(alice.Caller, alice.Account, [id], Cancellation)).Found[0].ShouldSatisfyAllConditions(c => c.Name.ShouldBe("Project"), c => c.Color.ShouldBeNull());
        (await workplace.Calendars.Get(bob.Caller, alice.Account, [id], Cancellation)).Found[0].ShouldSatisfyAllConditions(c => c.Name.ShouldBe("The bridge"), c => c.Color.ShouldBe("green"));
        (await Set(workplace, alice, new CalendarSet { Update = Change(id, new CalendarUpdate { Description = Said("Mine") }) }, bob)).NotUpdated[id].Failure.ShouldBe(CalendarFailure.Forbidden);
        (await Set(workplace, alice, new CalendarSet { Update = Change(id, Share(chloe, Rights.Reader)) }, bob)).NotUpdated[id].Failure.ShouldBe(CalendarFailure.Forbidden);
        (await Set(workplace, alice, new CalendarSet { Destroy = [id] }, bob)).NotDestroyed[id].Failure.ShouldBe(CalendarFailure.Forbidden);
        (await Set(workplace, alice, new CalendarSet { Destroy = [id] }, chloe)).Refused!.Failure.ShouldBe(CalendarFailure.NotFound);
        (await Set(workplace, alice, new CalendarSet { Create = New("Bob's") }, bob)).NotCreated["new"].Failure.ShouldBe(CalendarFailure.Forbidden);

        var (_, state) = await workplace.Calendars.Get(bob.Caller, alice.Account, null, Cancellation);
        (await Set(workplace, alice, new CalendarSet { Update = Change(id, Share(bob, Rights.None)) })).NotUpdated.ShouldBeEmpty();
        (await workplace.Calendars.Get(bob.Caller, alice.Account, null, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Calendars.Changes(bob.Caller, alice.Account, state, 100, Cancellation))!.Destroyed.ShouldBe([id]);
    }

    [Fact]
    public async Task Nothing_is_shared_with_what_is_no_person_and_no_name_is_too_long()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var id = await workplace.First(alice);
        var nobody = new Dictionary<AccountId, Rights> { [new AccountId(999_999)] = Rights.Reader };
        (await Set(workplace, alice, new CalendarSet { Update = Change(id, new CalendarUpdate { Share = nobody }) })).NotUpdated[id].Failure.ShouldBe(CalendarFailure.InvalidProperties);
        (await Set(workplace, alice, new CalendarSet { Create = New(new string('é', 128)) })).NotCreated["new"].Properties.ShouldBe(["name"]);
        (await Set(workplace, alice, new CalendarSet { Create = New("") })).NotCreated["new"].Properties.ShouldBe(["name"]);
        (await Set(workplace, alice, new CalendarSet { Create = New("Red", new CalendarUpdate { Color = Said("url(evil)") }) })).NotCreated["new"].Properties.ShouldBe(["color"]);
        (await Set(workplace, alice, new CalendarSet { Create = New("Mars", new CalendarUpdate { TimeZone = Said("Mars/Olympus") }) })).NotCreated["new"].Properties.ShouldBe(["timeZone"]);
    }

    [Fact]
    public async Task A_team_has_a_calendar_that_its_members_write()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var team = await workplace.AddTeam("planning", alice);
        var (found, _) = await workplace.Calendars.Get(alice.Caller, team.Account, null, Cancellation);
        found.ShouldHaveSingleItem().MyRights.HasFlag(Rights.Write).ShouldBeTrue();
        (await workplace.Calendars.Get(bob.Caller, team.Account, null, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Put(team, found[0].Id, "meeting.ics", Texts.Hour("meeting", 3), by: alice)).Refused.ShouldBeNull();
        (await workplace.Put(team, found[0].Id, "other.ics", Texts.Hour("other", 3), by: bob)).Refused!.Failure.ShouldBe(CalendarFailure.NotFound);
    }

    static Dictionary<string, CalendarCreate> New(string name, CalendarUpdate? properties = null) => new() { ["new"] = new CalendarCreate { Name = name, Properties = properties ?? new CalendarUpdate() } };

    static Dictionary<long, CalendarUpdate> Change(long id, CalendarUpdate update) => new() { [id] = update };

    static CalendarUpdate Share(CalendarPerson with, Rights rights) => new() { Share = new Dictionary<AccountId, Rights> { [with.Account] = rights } };

    static Task<SetOutcome<Calendar, CalendarError>> Set(CalendarWorkplace workplace, CalendarPerson owner, CalendarSet set, CalendarPerson? by = null) =>
        workplace.Calendars.Set((by ?? owner).Caller, owner.Account, set, Cancellation);

    static async Task<ItemChanges> Changes(CalendarWorkplace workplace, CalendarPerson person, Sequence since) => (await workplace.Calendars.Changes(person.Caller, person.Account, since, 100, Cancellation))!;

    Task<(AccountId Account, long Octets, long Items)> Used(CalendarPerson person) => fixture.Database.Read(async scope =>
    {
        var usage = (await AccountTable.Usage(scope, person.Account)).SingleOrDefault(one => one.Type == CalendarTypes.CalendarEvent);
        return (person.Account, usage.Octets, usage.Items);
    }, Cancellation).AsTask();

    static Optional<string> Said(string text) => new(text, true);
}
