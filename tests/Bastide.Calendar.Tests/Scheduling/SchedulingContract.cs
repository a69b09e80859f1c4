using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Identity;
using Bastide.Platform.Accounts;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;

namespace Bastide.Calendar.Tests.Scheduling;

/// <summary>Who invites and who is invited agree at each step, here and elsewhere. RFC 5546, RFC 6047, RFC 6638.</summary>
public abstract class SchedulingContract(DatabaseFixture fixture)
{
    const string Carl = "mailto:carl@elsewhere.example";
    const string Zone = "DTSTART;TZID=Europe/Paris:20260309T100000\nDURATION:PT1H";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_reaches_people_here_in_their_calendar_and_people_elsewhere_by_mail()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("budget", Meeting("budget", alice, $"{Zone}\nSUMMARY:Budget\nDESCRIPTION:Figures\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:x\nEND:VALARM", bob.Address, Carl));

        (await bob.StatusOf("budget", bob.Address)).ShouldBe("NEEDS-ACTION");
        var copy = (await bob.Text("budget"))!;
        copy.ShouldContain("SUMMARY:Budget");
        copy.ShouldContain("BEGIN:VTIMEZONE");
        copy.ShouldNotContain("VALARM");
        copy.ShouldNotContain("METHOD");
        copy.ShouldNotContain("SCHEDULE-STATUS");
        var mine = (await alice.Object("budget"))!.Master!;
        (mine.Attendee(bob.Address)!.Parameter("SCHEDULE-STATUS"), mine.Attendee(Carl)!.Parameter("SCHEDULE-STATUS")).ShouldBe(("1.2", "1.1"));

        var mail = workplace.Post.Sent.ShouldHaveSingleItem();
        (mail.From.Address, mail.To.Single().Address, mail.Subject, mail.Calendar!.Method).ShouldBe((alice.Person.Address, "carl@elsewhere.example", "Invitation: Budget", "REQUEST"));
        mail.Text.ShouldContain("2026-03-09 10:00 – 11:00 (Europe/Paris)");
        mail.Text.ShouldContain("Figures");
        MessageOf(mail).Object.AttendeeAmong([Carl]).ShouldNotBeNull();

        var notice = (await bob.Notifications()).ShouldHaveSingleItem();
        (notice.Kind, notice.ByAddress, (string?)notice.Event["title"]).ShouldBe((EventNotificationKind.Created, alice.Address, "Budget"));
        notice.EventId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Answers_come_back_and_everybody_sees_them()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var chloe = await Guest.Of(workplace, "chloe");
        await alice.Put("talk", Meeting("talk", alice, $"{Zone}\nSUMMARY:Talk", bob.Address, chloe.Address, Carl));
        await bob.Answer("talk", "ACCEPTED");
        (await alice.StatusOf("talk", bob.Address)).ShouldBe("ACCEPTED");
        (await chloe.StatusOf("talk", bob.Address)).ShouldBe("ACCEPTED");
        await Answer(workplace, alice, Carl, "DECLINED", MessageOf(workplace.Post.Sent.First()), "COMMENT:On holiday");
        (await alice.StatusOf("talk", Carl)).ShouldBe("DECLINED");
        (await bob.StatusOf("talk", Carl)).ShouldBe("DECLINED");
        (await bob.StatusOf("talk", bob.Address)).ShouldBe("ACCEPTED");
        (await chloe.StatusOf("talk", chloe.Address)).ShouldBe("NEEDS-ACTION");
        // Nobody elsewhere is told how others answered, and nobody here is called on for it.
        workplace.Post.Sent.Count.ShouldBe(1);
        (await chloe.Notifications()).Count.ShouldBe(1);
        (await alice.Notifications()).Select(notice => (notice.ByAddress, notice.Comment)).ShouldBe([(bob.Address, null), (Carl, "On holiday")]);
        (await bob.Object("talk"))!.Master!.Property("ORGANIZER")!.Parameter("SCHEDULE-STATUS").ShouldBe("1.2");
    }

    [Fact]
    public async Task One_instance_is_moved_another_taken_out_and_every_side_agrees()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("week", Meeting("week", alice, $"{Zone}\nRRULE:FREQ=WEEKLY;COUNT=6\nSUMMARY:Week", bob.Address, Carl));
        await bob.Answer("week", "ACCEPTED");
        await Answer(workplace, alice, Carl, "ACCEPTED", MessageOf(workplace.Post.Sent.First()));

        await alice.Edit("week", calendar => Guest.InstanceOf(calendar, "20260316T100000").Set("DTSTART", "20260316T140000"));
        (await bob.StatusOf("week", bob.Address, "20260316T100000")).ShouldBe("NEEDS-ACTION");
        (await bob.StatusOf("week", bob.Address)).ShouldBe("ACCEPTED");
        (await Times(bob)).ShouldBe(await Times(alice));
        var moved = MessageOf(workplace.Post.Sent.Last());
        (moved.Method, moved.Object.Master, moved.Object.Instances.Single().Property("DTSTART")!.Value).ShouldBe((ITipMethod.Request, null, "20260316T140000"));

        await bob.AnswerInstance("week", "20260316T100000", "DECLINED");
        (await alice.StatusOf("week", bob.Address, "20260316T100000")).ShouldBe("DECLINED");
        (await alice.StatusOf("week", bob.Address)).ShouldBe("ACCEPTED");
        await Answer(workplace, alice, Carl, "TENTATIVE", moved);
        (await alice.StatusOf("week", Carl, "20260316T100000")).ShouldBe("TENTATIVE");
        (await alice.StatusOf("week", Carl)).ShouldBe("ACCEPTED");

        await alice.Edit("week", calendar => calendar.Master!.Add(new ICalProperty("EXDATE", "20260323T100000", new ICalParameter("TZID", "Europe/Paris"))));
        var cancelled = MessageOf(workplace.Post.Sent.Last());
        (cancelled.Method, cancelled.Object.Instances.Single().Property("RECURRENCE-ID")!.Value).ShouldBe((ITipMethod.Cancel, "20260323T100000"));
        (await bob.Object("week"))!.Instances.Single(instance => instance.Property("RECURRENCE-ID")!.Value == "20260323T100000").Property("STATUS")!.Value.ShouldBe("CANCELLED");
        (await Times(bob)).ShouldBe(await Times(alice));
        (await bob.StatusOf("week", bob.Address)).ShouldBe("ACCEPTED");

        // An answer to the series from before still counts: the series was not moved.
        await bob.Answer("week", "TENTATIVE");
        (await alice.StatusOf("week", bob.Address)).ShouldBe("TENTATIVE");
        (await alice.StatusOf("week", bob.Address, "20260316T100000")).ShouldBe("DECLINED");
    }

    [Fact]
    public async Task A_series_that_moves_is_asked_again_and_what_only_its_text_says_is_not()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("move", Meeting("move", alice, $"{Zone}\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:Move", bob.Address));
        await bob.Change("move", text => text.Replace("END:VEVENT", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:mine\r\nEND:VALARM\r\nEND:VEVENT", StringComparison.Ordinal));
        await bob.Answer("move", "ACCEPTED");
        await alice.Change("move", text => text.Replace("SUMMARY:Move", "SUMMARY:Moved", StringComparison.Ordinal));
        (await bob.Text("move"))!.ShouldContain("SUMMARY:Moved");
        (await bob.StatusOf("move", bob.Address)).ShouldBe("ACCEPTED");
        await alice.Change("move", text => text.Replace("T100000", "T160000", StringComparison.Ordinal));
        (await alice.StatusOf("move", bob.Address)).ShouldBe("NEEDS-ACTION");
        (await bob.StatusOf("move", bob.Address)).ShouldBe("NEEDS-ACTION");
        (await alice.Object("move"))!.Master!.Sequence().ShouldBe(1);
        (await Times(bob, "move")).ShouldBe(await Times(alice, "move"));
        (await bob.Text("move"))!.ShouldContain("DESCRIPTION:mine");
        // Alarms and colours of one's own concern nobody.
        var before = (await bob.Notifications()).Count;
        await alice.Change("move", text => text.Replace("END:VEVENT", "COLOR:red\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT", StringComparison.Ordinal));
        (await bob.Notifications()).Count.ShouldBe(before);
        (await bob.Text("move"))!.ShouldNotContain("COLOR");
    }

    [Fact]
    public async Task What_is_removed_is_cancelled_or_declined()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("gone", Meeting("gone", alice, $"{Zone}\nSUMMARY:Gone", bob.Address, Carl));
        await bob.Remove("gone");
        (await alice.StatusOf("gone", bob.Address)).ShouldBe("DECLINED");
        await alice.Put("kept", Meeting("kept", alice, $"{Zone}\nSUMMARY:Kept", bob.Address, Carl));
        await bob.Remove("kept", new SchedulingWishes(false, null));
        (await alice.StatusOf("kept", bob.Address)).ShouldBe("NEEDS-ACTION");
        await alice.Put("off", Meeting("off", alice, $"{Zone}\nSUMMARY:Off", bob.Address, Carl));
        await alice.Remove("off");
        (await bob.Object("off"))!.Master!.Property("STATUS")!.Value.ShouldBe("CANCELLED");
        var mail = workplace.Post.Sent.Last();
        (mail.Subject, mail.Calendar!.Method, MessageOf(mail).Object.Master!.Sequence()).ShouldBe(("Annulé / Cancelled: Off", "CANCEL", 1));
        var sent = workplace.Post.Sent.Count;
        await bob.Remove("off");
        // What was over is tidied away without a word.
        workplace.Time.Advance(TimeSpan.FromDays(60));
        await alice.Remove("kept");
        workplace.Post.Sent.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task Somebody_taken_off_the_list_hears_of_it_and_somebody_added_is_invited()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var chloe = await Guest.Of(workplace, "chloe");
        await alice.Put("list", Meeting("list", alice, $"{Zone}\nRRULE:FREQ=DAILY;COUNT=5\nSUMMARY:List", bob.Address));
        await alice.Edit("list", calendar =>
        {
            calendar.Master!.Remove(calendar.Master.Attendee(bob.Address)!);
            calendar.Master.Add(new ICalProperty("ATTENDEE", chloe.Address));
        });
        (await bob.Object("list"))!.Master!.Property("STATUS")!.Value.ShouldBe("CANCELLED");
        (await chloe.StatusOf("list", chloe.Address)).ShouldBe("NEEDS-ACTION");
        // To one instance alone.
        await alice.Edit("list", calendar => Guest.InstanceOf(calendar, "20260311T100000").Add(new ICalProperty("ATTENDEE", Carl)));
        var mail = MessageOf(workplace.Post.Sent.ShouldHaveSingleItem());
        (mail.Object.Master, mail.Object.Instances.Count()).ShouldBe((null, 1));
    }

    [Fact]
    public async Task Nobody_is_believed_by_mail_who_is_not_whom_they_say()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("safe", Meeting("safe", alice, $"{Zone}\nSUMMARY:Safe", bob.Address, Carl));
        var invitation = MessageOf(workplace.Post.Sent.Single());
        // Somebody else speaks for Carl; somebody elsewhere for Bob, who is here; somebody who was never invited.
        await Arrive(workplace, alice, "mallory@elsewhere.example", Reply(invitation, Carl, "ACCEPTED"));
        await Arrive(workplace, alice, bob.Person.Address, Reply(invitation, bob.Address, "ACCEPTED"));
        await Arrive(workplace, alice, "mallory@elsewhere.example", Reply(invitation, "mailto:mallory@elsewhere.example", "ACCEPTED"));
        (await alice.StatusOf("safe", Carl), await alice.StatusOf("safe", bob.Address), await alice.StatusOf("safe", "mailto:mallory@elsewhere.example")).ShouldBe(("NEEDS-ACTION", "NEEDS-ACTION", null));
        // A cancellation in Alice's name, and one by somebody who does not organize it.
        var cancel = Encoding.UTF8.GetString(invitation.Write()).Replace("METHOD:REQUEST", "METHOD:CANCEL", StringComparison.Ordinal);
        await Arrive(workplace, bob, alice.Person.Address, cancel);
        await Arrive(workplace, bob, "mallory@elsewhere.example", cancel.Replace(alice.Address, "mailto:mallory@elsewhere.example", StringComparison.Ordinal));
        (await bob.Text("safe"))!.ShouldNotContain("CANCELLED");
        // An invitation in the name of another, and one that does not name its reader.
        var outside = Encoding.UTF8.GetString(Texts.Object(Texts.Component("spam", $"{Zone}\nSUMMARY:Spam\nORGANIZER:{Carl}\nATTENDEE:{bob.Address}"))).Replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:REQUEST", StringComparison.Ordinal);
        await Arrive(workplace, bob, "mallory@elsewhere.example", outside);
        await Arrive(workplace, alice, "carl@elsewhere.example", outside);
        (await bob.Text("spam"), await alice.Text("spam")).ShouldBe((null, null));
        await Arrive(workplace, bob, "carl@elsewhere.example", outside);
        (await bob.StatusOf("spam", bob.Address)).ShouldBe("NEEDS-ACTION");
    }

    [Fact]
    public async Task An_invitation_from_elsewhere_is_answered_by_mail_and_kept_up_to_date()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var bob = await Guest.Of(workplace, "bob");
        string Invitation(int sequence, string time, string method = "REQUEST") => Encoding.UTF8.GetString(Texts.Object(Texts.Component("out", $"DTSTART:20260310T{time}Z\nDURATION:PT1H\nSEQUENCE:{sequence}\nSUMMARY:Out\nORGANIZER;CN=Carl:{Carl}\nATTENDEE;PARTSTAT=ACCEPTED:{Carl}\nATTENDEE;RSVP=TRUE:{bob.Address}")))
            .Replace("VERSION:2.0", $"VERSION:2.0\r\nMETHOD:{method}", StringComparison.Ordinal);
        await Arrive(workplace, bob, "carl@elsewhere.example", Invitation(0, "100000"));
        await bob.Answer("out", "ACCEPTED");
        var reply = workplace.Post.Sent.ShouldHaveSingleItem();
        (reply.Subject, reply.To.Single().Address, reply.To.Single().Name, reply.Calendar!.Method).ShouldBe(("Accepté / Accepted: Out", "carl@elsewhere.example", "Carl", "REPLY"));
        MessageOf(reply).Object.Master!.PropertiesOf("ATTENDEE").Single().Status().ShouldBe("ACCEPTED");
        await Arrive(workplace, bob, "carl@elsewhere.example", Invitation(2, "120000"));
        (await bob.Text("out"))!.ShouldContain("T120000Z");
        (await bob.StatusOf("out", bob.Address)).ShouldBe("NEEDS-ACTION");
        // What is older than what is known comes to nothing.
        await Arrive(workplace, bob, "carl@elsewhere.example", Invitation(1, "110000"));
        await Arrive(workplace, bob, "carl@elsewhere.example", Invitation(1, "110000", "CANCEL"));
        (await bob.Text("out"))!.ShouldContain("T120000Z");
        (await bob.Text("out"))!.ShouldNotContain("CANCELLED");
        await Arrive(workplace, bob, "carl@elsewhere.example", Invitation(3, "120000", "CANCEL"));
        (await bob.Text("out"))!.ShouldContain("CANCELLED");
    }

    [Fact]
    public async Task Who_sends_another_in_their_place_is_followed()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var chloe = await Guest.Of(workplace, "chloe");
        await alice.Put("place", Meeting("place", alice, $"{Zone}\nSUMMARY:Place", bob.Address));
        await bob.Edit("place", calendar =>
        {
            var attendee = calendar.Master!.Attendee(bob.Address)!;
            calendar.Master!.Replace(attendee, attendee.WithParameter("PARTSTAT", "DELEGATED").WithParameter("DELEGATED-TO", chloe.Address));
            calendar.Master.Add(new ICalProperty("ATTENDEE", chloe.Address, new ICalParameter("DELEGATED-FROM", bob.Address), new ICalParameter("PARTSTAT", "NEEDS-ACTION")));
        });
        (await alice.StatusOf("place", bob.Address), await alice.StatusOf("place", chloe.Address)).ShouldBe(("DELEGATED", "NEEDS-ACTION"));
        await chloe.Answer("place", "ACCEPTED");
        (await alice.StatusOf("place", chloe.Address)).ShouldBe("ACCEPTED");
    }

    [Fact]
    public async Task Who_is_invited_moves_nothing_and_nobody_takes_an_event_over()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("mine", Meeting("mine", alice, $"{Zone}\nSUMMARY:Mine", bob.Address));
        var text = (await bob.Text("mine"))!;
        (await bob.TryPut("mine", Encoding.UTF8.GetBytes(text.Replace("T100000", "T120000", StringComparison.Ordinal)))).Refused!.Failure.ShouldBe(CalendarFailure.NotAttendees);
        (await bob.TryPut("mine", Encoding.UTF8.GetBytes(text.Replace($"ORGANIZER:{alice.Address}", $"ORGANIZER:{bob.Address}", StringComparison.Ordinal)))).Refused!.Failure.ShouldBe(CalendarFailure.OrganizerChanged);
        // The same moment in other words moves nothing.
        (await bob.TryPut("mine", Encoding.UTF8.GetBytes(text.Replace("DTSTART;TZID=Europe/Paris:20260309T100000", "DTSTART:20260309T090000Z", StringComparison.Ordinal).Replace("DURATION:PT1H", "DTEND:20260309T100000Z", StringComparison.Ordinal)))).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task Answers_that_came_meanwhile_are_not_undone_and_do_not_stand_in_the_way()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("race", Meeting("race", alice, $"{Zone}\nSUMMARY:Race", bob.Address));
        var (text, tag) = ((await alice.Text("race"))!, (await alice.Stored("race"))!.ScheduleTag);
        tag.ShouldNotBeNull();
        await bob.Answer("race", "ACCEPTED");
        (await alice.Stored("race"))!.ScheduleTag.ShouldBe(tag);
        var changed = Encoding.UTF8.GetBytes(text.Replace("SUMMARY:Race", "SUMMARY:Pace", StringComparison.Ordinal));
        (await alice.TryPut("race", changed, new SchedulingWishes(true, tag))).Refused.ShouldBeNull();
        (await alice.StatusOf("race", bob.Address)).ShouldBe("ACCEPTED");
        (await bob.Text("race"))!.ShouldContain("SUMMARY:Pace");
        (await alice.TryPut("race", changed, new SchedulingWishes(true, tag))).Refused!.Failure.ShouldBe(CalendarFailure.StateMismatch);
    }

    [Fact]
    public async Task A_room_is_had_by_the_first_who_asks_and_never_by_two()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var room = await Room(workplace, isAsked: false);
        await alice.Put("first", Meeting("first", alice, $"{Zone}\nSUMMARY:First", room.Address));
        (await alice.StatusOf("first", room.Address)).ShouldBe("ACCEPTED");
        await bob.Put("second", Meeting("second", bob, "DTSTART;TZID=Europe/Paris:20260309T103000\nDURATION:PT1H\nSUMMARY:Second", room.Address));
        (await bob.StatusOf("second", room.Address)).ShouldBe("DECLINED");
        (await room.Text("second")).ShouldBeNull();
        // Free from the minute the other ends; and again when the other goes away.
        await bob.Change("second", text => text.Replace("T103000", "T110000", StringComparison.Ordinal));
        (await bob.StatusOf("second", room.Address)).ShouldBe("ACCEPTED");
        await alice.Change("first", text => text.Replace("T100000", "T103000", StringComparison.Ordinal));
        (await alice.StatusOf("first", room.Address)).ShouldBe("DECLINED");
        await bob.Remove("second");
        (await room.Text("second")).ShouldBeNull();
        await alice.Change("first", text => text.Replace("T103000", "T104500", StringComparison.Ordinal));
        (await alice.StatusOf("first", room.Address)).ShouldBe("ACCEPTED");
    }

    [Fact]
    public async Task Of_a_series_a_room_declines_the_few_times_that_somebody_has_it()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var room = await Room(workplace, isAsked: false);
        await bob.Put("once", Meeting("once", bob, "DTSTART;TZID=Europe/Paris:20260316T103000\nDURATION:PT1H\nSUMMARY:Once", room.Address));
        await alice.Put("series", Meeting("series", alice, $"{Zone}\nRRULE:FREQ=WEEKLY;COUNT=10\nSUMMARY:Series", room.Address));
        (await alice.StatusOf("series", room.Address)).ShouldBe("ACCEPTED");
        (await alice.StatusOf("series", room.Address, "20260316T100000")).ShouldBe("DECLINED");
        (await alice.Object("series"))!.Instances.Count().ShouldBe(1);
        // Every second time is too often.
        await bob.Put("often", Meeting("often", bob, "DTSTART;TZID=Europe/Paris:20260309T103000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=5\nSUMMARY:Often", room.Address));
        (await bob.StatusOf("often", room.Address)).ShouldBe("DECLINED");
    }

    [Fact]
    public async Task Where_its_members_decide_a_room_is_held_until_they_do()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var room = await Room(workplace, isAsked: true, bob.Person);
        await alice.Put("asked", Meeting("asked", alice, $"{Zone}\nSUMMARY:Asked", room.Address));
        (await alice.StatusOf("asked", room.Address)).ShouldBe("TENTATIVE");
        // Bob looks after it: he sees what is asked, and answers in its name.
        var text = (await room.Stored("asked"))!;
        var answered = Texts.Of(text).ReplaceLineEndings("\r\n").Replace("PARTSTAT=TENTATIVE", "PARTSTAT=ACCEPTED", StringComparison.Ordinal);
        (await workplace.Objects.Put(bob.Person.Caller, room.Person.Account, text.CalendarId, text.Resource, Encoding.UTF8.GetBytes(answered), null, false, Cancellation)).Refused.ShouldBeNull();
        await workplace.Settle();
        (await alice.StatusOf("asked", room.Address)).ShouldBe("ACCEPTED");
    }

    [Fact]
    public async Task Who_invites_and_answers_for_somebody_else_is_named()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var chloe = await Guest.Of(workplace, "chloe");
        await workplace.Give(alice.Person, bob.Person, Rights.Lookup | Rights.Read | Rights.Write);
        var calendar = await workplace.First(alice.Person);
        var text = Texts.Object(Meeting("hearing", alice, $"{Zone}\nSUMMARY:Hearing", chloe.Address, Carl));
        (await workplace.Objects.Put(bob.Person.Caller, alice.Person.Account, calendar, "hearing.ics", text, null, false, Cancellation)).Refused.ShouldBeNull();
        await workplace.Settle();
        var mail = workplace.Post.Sent.ShouldHaveSingleItem();
        mail.From.Address.ShouldBe(alice.Person.Address);
        MessageOf(mail).Object.Master!.Property("ORGANIZER")!.Parameter("SENT-BY").ShouldBe(bob.Address);
        mail.Text.ShouldContain($"{await NameOf(workplace, bob)} ({await NameOf(workplace, alice)}) invites you.");
        (await chloe.Object("hearing"))!.Master!.Property("ORGANIZER")!.Parameter("SENT-BY").ShouldBe(bob.Address);
        (await alice.Object("hearing"))!.Master!.Property("ORGANIZER")!.Parameter("SENT-BY").ShouldBeNull();

        // What comes from her own hand says so no longer; and he answers for her as well.
        await alice.Change("hearing", stored => stored.Replace("SUMMARY:Hearing", "SUMMARY:The hearing", StringComparison.Ordinal));
        (await chloe.Object("hearing"))!.Master!.Property("ORGANIZER")!.Parameter("SENT-BY").ShouldBeNull();
        var request = Encoding.UTF8.GetString(Texts.Object(Texts.Component("lunch", $"{Zone}\nSUMMARY:Lunch\nORGANIZER:{Carl}\nATTENDEE;PARTSTAT=NEEDS-ACTION:{alice.Address}"))).Replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:REQUEST", StringComparison.Ordinal);
        await Arrive(workplace, alice, "carl@elsewhere.example", request);
        var asked = (await alice.Stored("lunch"))!;
        var answered = Texts.Of(asked).ReplaceLineEndings("\r\n").Replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED", StringComparison.Ordinal);
        (await workplace.Objects.Put(bob.Person.Caller, alice.Person.Account, asked.CalendarId, asked.Resource, Encoding.UTF8.GetBytes(answered), null, false, Cancellation)).Refused.ShouldBeNull();
        await workplace.Settle();
        var answer = MessageOf(workplace.Post.Sent.Last());
        answer.Method.ShouldBe(ITipMethod.Reply);
        (answer.Object.Master!.Attendee(alice.Address)!.Parameter("PARTSTAT"), answer.Object.Master!.Attendee(alice.Address)!.Parameter("SENT-BY")).ShouldBe(("ACCEPTED", bob.Address));
    }

    static async Task<string> NameOf(CalendarWorkplace workplace, Guest guest) => (await workplace.Get<IDirectory>().Find(guest.Person.Account, Cancellation))!.Name;

    static async Task<Guest> Room(CalendarWorkplace workplace, bool isAsked, params CalendarPerson[] members)
    {
        var team = await workplace.AddTeam("room", members);
        (await workplace.Get<Teams>().SetResource(team.Address, new TeamResource(IsRoom: true, isAsked, 12, "Second floor"), Actor.Operator, Cancellation)).ShouldBeNull();
        return new Guest(workplace, team, await workplace.First(team));
    }

    static string Meeting(string uid, Guest organizer, string lines, params string[] attendees) =>
        Texts.Component(uid, $"{lines.Split("\nBEGIN:", 2)[0]}\nORGANIZER:{organizer.Address}\nATTENDEE;PARTSTAT=ACCEPTED:{organizer.Address}\n{string.Join('\n', attendees.Select(attendee => $"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:{attendee}"))}{(lines.Contains("\nBEGIN:", StringComparison.Ordinal) ? "\nBEGIN:" + lines.Split("\nBEGIN:", 2)[1] : "")}");

    static ITipMessage MessageOf(ProgramMessage mail) => ITipMessage.Read(mail.Calendar!.Text.Span, "mailto:" + mail.From.Address, "mailto:" + mail.To.Single().Address);

    static Task Answer(CalendarWorkplace workplace, Guest organizer, string attendee, string status, ITipMessage invitation, string more = "X-NOTHING:1") =>
        Arrive(workplace, organizer, attendee["mailto:".Length..], Reply(invitation, attendee, status, more));

    static string Reply(ITipMessage invitation, string attendee, string status, string more = "X-NOTHING:1")
    {
        var about = invitation.Object.Components.First();
        var times = string.Join('\n', about.Properties.Where(property => property.Name is "DTSTART" or "DURATION" or "RECURRENCE-ID" or "SEQUENCE" or "ORGANIZER").Select(property => property.Written));
        return Encoding.UTF8.GetString(Texts.Object(Texts.Component(invitation.Object.Uid, $"{times}\nATTENDEE;PARTSTAT={status}:{attendee}\n{more}"))).Replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:REPLY", StringComparison.Ordinal);
    }

    static async Task Arrive(CalendarWorkplace workplace, Guest reader, string from, string text)
    {
        var method = text.Split("METHOD:")[1].Split("\r\n")[0];
        var blob = workplace.Post.Keep(new ArrivedCalendar([from], new CalendarPart(method, Encoding.UTF8.GetBytes(text))));
        await workplace.Fixture.Database.Write(scope => workplace.Get<ICalendarMailListener>().Arrived(scope, reader.Person.Account, blob), Cancellation);
        await workplace.Settle();
    }

    static async Task<List<string>> Times(Guest guest, string uid = "week")
    {
        var calendar = (await guest.Object(uid))!;
        return [.. new RecurrenceSet(calendar.Components, calendar.Zones(), NodaTime.DateTimeZone.Utc).Expand(NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0), NodaTime.Instant.FromUtc(2027, 1, 1, 0, 0), 100, Cancellation)
            .Where(occurrence => occurrence.Component.Property("STATUS")?.Value != "CANCELLED").Select(occurrence => occurrence.Begin.ToString())];
    }
}
