using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Calendar.Tests.Store;

public abstract class ObjectsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_those_who_replace_or_remove_the_same_at_the_same_moment_one_is_believed()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var seen = await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        var puts = await Task.WhenAll(Enumerable.Range(4, 6).Select(day => Task.Run(() => workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", day), ifMatch: seen.ETag), Cancellation)));
        puts.Count(put => put.Refused is null).ShouldBe(1);
        puts.Where(put => put.Refused is not null).ShouldAllBe(put => put.Refused!.Failure == CalendarFailure.StateMismatch);
        (await workplace.Find(alice, calendar, "a.ics"))!.ETag.ShouldBe(puts.Single(put => put.Refused is null).Stored!.ETag);

        seen = (await workplace.Find(alice, calendar, "a.ics"))!;
        var both = await Task.WhenAll(
            Task.Run(async () => (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 20), ifMatch: seen.ETag)).Refused, Cancellation),
            Task.Run(() => workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "a.ics", seen.ETag, Cancellation), Cancellation));
        both.Count(refused => refused is null).ShouldBe(1);
    }

    [Fact]
    public async Task A_text_comes_back_octet_for_octet()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var text = Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\nVERSION:2.0\r\nPRODID:-//x//y\r\nX-WR-CALNAME:é\r\nBEGIN:VEVENT\r\nUID:odd\r\nDTSTAMP:20260301T000000Z\r\nDTSTART;X-A=\"b\";VALUE=DATE-TIME:20260302T100000Z\r\nSUMMARY:folded\r\n  here\r\nX-UNKNOWN;Y=z:kept\r\nEND:VEVENT\r\nEND:VCALENDAR");
        var stored = await workplace.Keep(alice, calendar, "odd.ics", text);
        var found = (await workplace.Find(alice, calendar, "odd.ics"))!;
        found.Text!.Value.ToArray().ShouldBe(text);
        (found.ETag, found.Size, found.Uid, found.Kind).ShouldBe((stored.ETag, text.Length, "odd", CalendarKinds.Event));
        (await workplace.Objects.OfUid(alice.Caller, alice.Account, "odd", true, Cancellation))!.Text!.Value.ToArray().ShouldBe(text);
        (await workplace.Find(alice, calendar, "even.ics")).ShouldBeNull();
    }

    [Fact]
    public async Task Tasks_journal_entries_and_availability_are_kept_and_a_calendar_may_hold_some_kinds_only()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (all, tasks) = (await workplace.First(alice), await workplace.NewCalendar(alice, "To do", CalendarKinds.Task));
        var task = Texts.Object("BEGIN:VTODO\nUID:t1\nDTSTAMP:20260301T000000Z\nDUE:20260310T120000Z\nSUMMARY:Paint\nEND:VTODO");
        (await workplace.Keep(alice, tasks, "t1.ics", task)).Kind.ShouldBe(CalendarKinds.Task);
        (await workplace.Keep(alice, all, "j1.ics", Texts.Object("BEGIN:VJOURNAL\nUID:j1\nDTSTAMP:20260301T000000Z\nDTSTART;VALUE=DATE:20260303\nSUMMARY:Rain\nEND:VJOURNAL"))).Kind.ShouldBe(CalendarKinds.Journal);
        (await workplace.Keep(alice, all, "v1.ics", Texts.Object("BEGIN:VAVAILABILITY\nUID:v1\nDTSTAMP:20260301T000000Z\nDTSTART:20260303T000000Z\nBEGIN:AVAILABLE\nUID:v2\nDTSTAMP:20260301T000000Z\nDTSTART:20260303T080000Z\nDTEND:20260303T170000Z\nRRULE:FREQ=DAILY\nEND:AVAILABLE\nEND:VAVAILABILITY"))).Kind.ShouldBe(CalendarKinds.Availability);
        (await workplace.Put(alice, tasks, "e1.ics", Texts.Hour("e1", 3))).Refused!.Failure.ShouldBe(CalendarFailure.UnsupportedKind);
        (await workplace.Objects.Members(alice.Caller, alice.Account, all, 0, 10, false, Cancellation)).Select(one => one.Uid).ShouldBe(["j1", "v1"]);
        (await workplace.Objects.Move(alice.Caller, alice.Account, all, "j1.ics", tasks, "j1.ics", false, Cancellation))!.Failure.ShouldBe(CalendarFailure.UnsupportedKind);
    }

    [Theory]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nEND:VCALENDAR", "Line 5")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:20260301T000000Z\nEND:VEVENT\nEND:VCALENDAR", "UID")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART:20260301T000000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20260301T000000Z\nEND:VEVENT\nEND:VCALENDAR", "UID")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:a\nDTSTART:20260301T000000Z\nEND:VEVENT\nEND:VCALENDAR", "METHOD")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART:tomorrow\nEND:VEVENT\nEND:VCALENDAR", "Line 5")]
    [InlineData("BEGIN:VCARD\nEND:VCARD", "VCALENDAR")]
    [InlineData("", "VCALENDAR")]
    public async Task What_is_no_calendar_object_is_refused_with_the_line(string text, string said)
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var refused = (await workplace.Put(alice, await workplace.First(alice), "a.ics", Encoding.UTF8.GetBytes(text))).Refused!;
        refused.Failure.ShouldBeOneOf(CalendarFailure.InvalidData, CalendarFailure.InvalidObject);
        refused.Description.ShouldContain(said);
    }

    [Fact]
    public async Task Writing_obeys_the_entity_tag()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var first = await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 4), ifNoneMatch: true)).Refused!.Failure.ShouldBe(CalendarFailure.StateMismatch);
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 4), ifMatch: "other")).Refused!.Failure.ShouldBe(CalendarFailure.StateMismatch);
        (await workplace.Put(alice, calendar, "b.ics", Texts.Hour("b", 4), ifMatch: first.ETag)).Refused!.Failure.ShouldBe(CalendarFailure.StateMismatch);
        var second = await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 4), ifMatch: first.ETag);
        second.Stored!.ETag.ShouldNotBe(first.ETag);
        second.IsNew.ShouldBeFalse();
        (await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "a.ics", first.ETag, Cancellation))!.Failure.ShouldBe(CalendarFailure.StateMismatch);
        (await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "a.ics", second.Stored.ETag, Cancellation)).ShouldBeNull();
        (await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "a.ics", null, Cancellation))!.Failure.ShouldBe(CalendarFailure.NotFound);
    }

    [Fact]
    public async Task A_uid_is_in_one_place_of_an_account()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (calendar, other) = (await workplace.First(alice), await workplace.NewCalendar(alice, "Other"));
        var stored = await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        var refused = (await workplace.Put(alice, other, "b.ics", Texts.Hour("a", 4))).Refused!;
        (refused.Failure, refused.ExistingObject, refused.ExistingCalendar, refused.ExistingResource).ShouldBe((CalendarFailure.UidExists, stored.Id, calendar, "a.ics"));

        // The UID of a name does not change (RFC 4791 §5.3.2.1); when the object is gone its UID is free.
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a2", 3))).Refused!.Failure.ShouldBe(CalendarFailure.UidExists);
        (await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "a.ics", null, Cancellation)).ShouldBeNull();
        (await workplace.Put(alice, other, "b.ics", Texts.Hour("a", 4))).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task A_calendar_tells_what_came_changed_and_went_since_a_position()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (calendar, other) = (await workplace.First(alice), await workplace.NewCalendar(alice, "Other"));
        var start = (await workplace.Changed(alice, calendar, new Sequence(0)))!.New;
        foreach (var name in (string[])["a", "b", "c", "d"]) await workplace.Keep(alice, calendar, name + ".ics", Texts.Hour(name, 3));
        var made = (await workplace.Changed(alice, calendar, start))!;
        (made.Changed.Select(one => one.Resource), made.Removed.Count, made.HasMore).ShouldSatisfyAllConditions(
            told => told.Item1.ShouldBe(["a.ics", "b.ics", "c.ics", "d.ics"], ignoreOrder: true), told => told.Count.ShouldBe(0), told => told.HasMore.ShouldBeFalse());
        (await workplace.Changed(alice, calendar, made.New))!.Changed.ShouldBeEmpty();

        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 5));
        (await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, "b.ics", null, Cancellation)).ShouldBeNull();
        (await workplace.Objects.Move(alice.Caller, alice.Account, calendar, "c.ics", other, "c2.ics", false, Cancellation)).ShouldBeNull();
        (await workplace.Objects.Move(alice.Caller, alice.Account, calendar, "d.ics", calendar, "e.ics", false, Cancellation)).ShouldBeNull();
        var told = (await workplace.Changed(alice, calendar, made.New))!;
        told.Changed.Select(one => one.Resource).ShouldBe(["a.ics", "e.ics"], ignoreOrder: true);
        told.Removed.ShouldBe(["b.ics", "c.ics", "d.ics"], ignoreOrder: true);
        (await workplace.Changed(alice, other, start))!.Changed.Select(one => one.Resource).ShouldBe(["c2.ics"]);

        // A name that is taken again is no removal any more.
        await workplace.Keep(alice, calendar, "b.ics", Texts.Hour("b", 6));
        (await workplace.Changed(alice, calendar, made.New))!.Removed.ShouldBe(["c.ics", "d.ics"], ignoreOrder: true);
        (await workplace.Changed(alice, calendar, new Sequence(long.MaxValue / 2))).ShouldBeNull();
    }

    [Fact]
    public async Task Changes_come_in_pages_that_lose_nothing()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        for (var i = 0; i < 25; i++) await workplace.Keep(alice, calendar, $"{i}.ics", Texts.Hour($"o{i}", 1 + i));
        for (var i = 0; i < 5; i++) await workplace.Objects.Remove(alice.Caller, alice.Account, calendar, $"{i * 5}.ics", null, Cancellation);
        var (known, since, pages) = (new HashSet<string>(), new Sequence(0), 0);
        while (true)
        {
            var page = (await workplace.Changed(alice, calendar, since, 7))!;
            foreach (var one in page.Changed) known.Add(one.Resource);
            foreach (var name in page.Removed) known.Remove(name);
            (page.Changed.Count + page.Removed.Count).ShouldBeLessThanOrEqualTo(7);
            since = page.New;
            pages++;
            if (!page.HasMore) break;
        }

        pages.ShouldBeGreaterThan(2);
        known.ShouldBe(Enumerable.Range(0, 25).Where(i => i % 5 != 0).Select(i => $"{i}.ics"), ignoreOrder: true);
    }

    [Fact]
    public async Task Moving_keeps_the_object_and_goes_over_others_only_when_told_to()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (calendar, other) = (await workplace.First(alice), await workplace.NewCalendar(alice, "Other"));
        var a = await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        await workplace.Keep(alice, other, "b.ics", Texts.Hour("b", 3));
        (await workplace.Objects.Move(alice.Caller, alice.Account, calendar, "a.ics", other, "b.ics", false, Cancellation))!.Failure.ShouldBe(CalendarFailure.NameTaken);
        (await workplace.Objects.Move(alice.Caller, alice.Account, calendar, "a.ics", other, "b.ics", true, Cancellation)).ShouldBeNull();
        var moved = (await workplace.Find(alice, other, "b.ics"))!;
        (moved.Id, moved.Uid, moved.ETag).ShouldBe((a.Id, "a", a.ETag));
        (await workplace.Find(alice, calendar, "a.ics")).ShouldBeNull();
        (await workplace.Objects.OfUid(alice.Caller, alice.Account, "b", false, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Rights_decide_who_reads_and_writes_and_what_is_secret_is_not_there_for_others()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, reader, writer, nobody) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"), await workplace.Add("dan"));
        var calendar = await workplace.First(alice);
        await workplace.Give(alice, reader, Rights.Reader, calendar);
        await workplace.Give(alice, writer, Rights.Reader | Rights.Write, calendar);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        await workplace.Keep(alice, calendar, "s.ics", Texts.Hour("s", 3, more: "CLASS:CONFIDENTIAL"));
        await workplace.Keep(alice, calendar, "p.ics", Texts.Hour("p", 3, more: "CLASS:PRIVATE\nDESCRIPTION:At the doctor's"));

        (await workplace.Find(alice, calendar, "a.ics", nobody)).ShouldBeNull();
        (await workplace.Put(alice, calendar, "n.ics", Texts.Hour("n", 3), by: nobody)).Refused!.Failure.ShouldBe(CalendarFailure.NotFound);
        (await workplace.Objects.OfUid(nobody.Caller, alice.Account, "a", false, Cancellation)).ShouldBeNull();
        (await workplace.Changed(alice, calendar, new Sequence(0), by: nobody)).ShouldBeNull();

        (await workplace.Find(alice, calendar, "a.ics", reader)).ShouldNotBeNull();
        (await workplace.Put(alice, calendar, "n.ics", Texts.Hour("n", 3), by: reader)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Objects.Remove(reader.Caller, alice.Account, calendar, "a.ics", null, Cancellation))!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Find(alice, calendar, "s.ics", reader)).ShouldBeNull();
        (await workplace.Changed(alice, calendar, new Sequence(0), by: reader))!.Changed.Select(one => one.Uid).ShouldBe(["a", "p"], ignoreOrder: true);
        Texts.Of(await workplace.Find(alice, calendar, "p.ics", reader)).ShouldNotContain("doctor");
        (await workplace.Objects.Members(reader.Caller, alice.Account, calendar, 0, 10, false, Cancellation)).Select(one => one.Uid).ShouldBe(["a", "p"], ignoreOrder: true);

        (await workplace.Put(alice, calendar, "n.ics", Texts.Hour("n", 3), by: writer)).Refused.ShouldBeNull();
        (await workplace.Put(alice, calendar, "p.ics", Texts.Hour("p", 5), by: writer)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Put(alice, calendar, "s.ics", Texts.Hour("s", 5), by: writer)).Refused.ShouldNotBeNull();
        Texts.Of(await workplace.Find(alice, calendar, "p.ics")).ShouldContain("doctor");
        Texts.Of(await workplace.Find(alice, calendar, "s.ics")).ShouldContain("CONFIDENTIAL");
    }

    [Fact]
    public async Task Who_may_write_their_own_writes_what_is_theirs_or_nobodys()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var calendar = await workplace.First(alice);
        await workplace.Give(alice, bob, Rights.Reader | Rights.WriteOwn, calendar);
        string Of(CalendarPerson person) => $"ORGANIZER:mailto:{person.Address}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{person.Address}\nATTENDEE:mailto:x@example.org";
        await workplace.Keep(alice, calendar, "hers.ics", Texts.Hour("hers", 3, more: Of(alice)));
        await workplace.Keep(alice, calendar, "nobodys.ics", Texts.Hour("nobodys", 3));
        (await workplace.Put(alice, calendar, "hers.ics", Texts.Hour("hers", 4, more: Of(alice)), by: bob)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Put(alice, calendar, "hers.ics", Texts.Hour("hers", 4, more: Of(bob)), by: bob)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Objects.Remove(bob.Caller, alice.Account, calendar, "hers.ics", null, Cancellation))!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Put(alice, calendar, "his.ics", Texts.Hour("his", 3, more: Of(bob)), by: bob)).Refused.ShouldBeNull();
        (await workplace.Put(alice, calendar, "his.ics", Texts.Hour("his", 4, more: Of(bob)), by: bob)).Refused.ShouldBeNull();
        (await workplace.Put(alice, calendar, "nobodys.ics", Texts.Hour("nobodys", 4), by: bob)).Refused.ShouldBeNull();
        (await workplace.Put(alice, calendar, "another.ics", Texts.Hour("another", 4, more: Of(alice)), by: bob)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
        (await workplace.Objects.Remove(bob.Caller, alice.Account, calendar, "his.ics", null, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task There_is_room_for_as_much_as_the_quota_says()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        await workplace.SetQuota(alice, 1000);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        (await workplace.Put(alice, calendar, "b.ics", Texts.Hour("b", 3, more: "DESCRIPTION:" + new string('x', 1000)))).Refused!.Failure.ShouldBe(CalendarFailure.OverQuota);
        (await workplace.Put(alice, calendar, "a.ics", Texts.Hour("a", 3, more: "DESCRIPTION:" + new string('x', 1000)))).Refused!.Failure.ShouldBe(CalendarFailure.OverQuota);
        await workplace.SetQuota(alice, 10);
        (await workplace.Put(alice, calendar, "a.ics", Texts.Event("a", "DTSTART:20260304T100000Z"))).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_too_large_or_recurs_without_bound_is_bounded()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        (await workplace.Put(alice, calendar, "big.ics", Texts.Event("big", "DTSTART:20260304T100000Z\nDESCRIPTION:" + new string('x', 11_000_000)))).Refused!.Failure.ShouldBe(CalendarFailure.InvalidData);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await workplace.Keep(alice, calendar, "often.ics", Texts.Event("often", "DTSTART:19300101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Two_who_write_at_once_both_write()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => workplace.Keep(alice, calendar, $"{i}.ics", Texts.Hour($"at-once-{i}", 3))));
        (await workplace.Changed(alice, calendar, new Sequence(0)))!.Changed.Count.ShouldBe(12);
        var same = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => workplace.Put(alice, calendar, "same.ics", Texts.Hour("same", 3), ifNoneMatch: true)));
        same.Count(outcome => outcome.Refused is null).ShouldBe(1);
    }
}
