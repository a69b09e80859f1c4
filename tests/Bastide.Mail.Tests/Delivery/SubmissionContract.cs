using Bastide.Mail.Delivery;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

/// <summary>Handing in a message: who may, to whom, when, and taking it back. RFC 8621 §7.</summary>
public abstract class SubmissionContract(DatabaseFixture fixture) : DeliveryContract(fixture)
{
    [Fact]
    public async Task A_message_to_someone_here_is_there_when_the_submission_answers()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        var submission = await Submit(workplace, alice, Message("Bob <bob@demo.localhost>", more: "Bcc: alice@demo.localhost\n"));
        submission.UndoStatus.ShouldBe(UndoStatus.Final);
        submission.Envelope.RcptTo.Select(r => r.Email).ShouldBe(["bob@demo.localhost", "alice@demo.localhost"]);
        submission.DeliveryStatus.ShouldAllBe(s => s.Delivered == Delivered.Yes && s.SmtpReply.StartsWith("250 2.1.5", StringComparison.Ordinal));
        var message = (await workplace.Messages(bob)).ShouldHaveSingleItem();
        message.ShouldStartWith("Return-Path: <alice@demo.localhost>\r\nReceived: by demo.localhost (Bastide) with JMAP\r\n");
        message.ShouldContain("\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n");
        message.ShouldNotContain("Bcc");
        message.ShouldEndWith("\r\nhello\r\n.\r\nworld\r\n");
        (await workplace.Messages(alice)).Count.ShouldBe(1);
        (await workplace.RunJobs()).ShouldBe(0);
    }

    [Fact]
    public async Task Whom_one_writes_to_is_told_to_other_modules_with_the_names_they_are_given()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        await Submit(workplace, alice, Message("=?utf-8?q?B=C3=B6b?= <bob@demo.localhost>", more: $"Cc: sales@{Elsewhere}\nBcc: Eve <eve@{Elsewhere}>\n"));
        (await TrySubmit(workplace, alice, Message("nobody@demo.localhost"))).Failure.ShouldNotBeNull();

        await using var peer = await SmtpPeer.Greeted(workplace.Submission);
        await peer.Say("EHLO client.example");
        (await peer.Say("AUTH PLAIN AGFsaWNlQGRlbW8ubG9jYWxob3N0AGJhc3RpZGUtZGVtbw==")).ShouldStartWith("235");
        await peer.Say("MAIL FROM:<alice@demo.localhost>");
        await peer.Say("RCPT TO:<bob@demo.localhost>");
        await peer.Say("RCPT TO:<hidden@elsewhere.example>");
        await peer.Say("DATA");
        (await peer.Say("From: alice@demo.localhost\r\nTo: Robert <BOB@demo.localhost>\r\n\r\nhello\r\n.")).ShouldStartWith("250");

        workplace.Sent.ShouldBe([(alice.Account, $"Böb <bob@demo.localhost>,  <sales@{Elsewhere}>, Eve <eve@{Elsewhere}>"), (alice.Account, $"Robert <bob@demo.localhost>,  <hidden@{Elsewhere}>")]);
        (await workplace.Messages(bob)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Lone_newlines_of_an_imported_message_are_made_right_before_it_is_sent()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        var blob = await Fixture.Blobs.Put("From: alice@demo.localhost\nTo: bob@demo.localhost\rSubject: x\r\n\n.\none\r"u8.ToArray(), CancellationToken.None);
        (await workplace.Submissions.Submit(MailWorkplace.CallerOf(alice), new SubmitRequest(alice.Account, blob.Id) { Sender = alice.Address }, CancellationToken.None)).Failure.ShouldBeNull();
        var message = (await workplace.Messages(bob)).ShouldHaveSingleItem();
        message.ShouldEndWith("\r\n\r\n.\r\none\r\n");
        message.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\r");
        message.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
    }

    [Fact]
    public async Task What_may_not_be_sent_is_refused_with_its_reason()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        async Task<SubmitResult> Try(string message, Func<SubmitRequest, SubmitRequest>? change = null) => await TrySubmit(workplace, alice, message, change);

        (await Try(Message("bob@demo.localhost"), r => r with { Sender = bob.Address })).Failure.ShouldBe(SubmitFailure.ForbiddenMailFrom);
        (await Try(Message("bob@demo.localhost", from: bob.Address))).Failure.ShouldBe(SubmitFailure.ForbiddenFrom);
        (await Try(Message("bob@demo.localhost", from: $"{alice.Address}, {bob.Address}"))).Failure.ShouldBe(SubmitFailure.ForbiddenFrom);
        (await Try("To: bob@demo.localhost\n\nhello\n")).Failure.ShouldBe(SubmitFailure.InvalidEmail);
        (await Try($"From: {alice.Address}\nSubject: to nobody\n\nhello\n")).Failure.ShouldBe(SubmitFailure.NoRecipients);
        (await Try(Message("bob@demo.localhost"), r => r with { Account = bob.Account })).Failure.ShouldBe(SubmitFailure.ForbiddenToSend);
        (await Try(Message("bob@demo.localhost"), r => r with { Message = BlobId.Of("nothing"u8) })).Failure.ShouldBe(SubmitFailure.InvalidEmail);
        (await Try(Message("bob@demo.localhost"), r => r with { SendAt = workplace.Time.GetUtcNow() + TimeSpan.FromDays(31) })).Failure.ShouldBe(SubmitFailure.InvalidSendAt);
        var invalid = await Try(Message("bob@demo.localhost, nobody@demo.localhost, someone@[192.0.2.1]"));
        (invalid.Failure, invalid.InvalidRecipients).ShouldBe((SubmitFailure.InvalidRecipients, invalid.InvalidRecipients));
        invalid.InvalidRecipients.ShouldBe(["nobody@demo.localhost", "someone@[192.0.2.1]"]);
        var crowd = new Envelope(new EnvelopeAddress(alice.Address), [.. Enumerable.Range(0, 501).Select(i => new EnvelopeAddress($"r{i}@{Elsewhere}"))]);
        (await Try(Message("bob@demo.localhost"), r => r with { Envelope = crowd })).Failure.ShouldBe(SubmitFailure.TooManyRecipients);
        (await workplace.Messages(bob)).ShouldBeEmpty();
        (await workplace.Submissions.All(MailWorkplace.CallerOf(alice), alice.Account, CancellationToken.None)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Members_of_a_team_send_in_its_name_and_strangers_do_not()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob, team) = (await workplace.Add("alice"), await workplace.Add("bob"), await workplace.Add("team", AccountKind.Team));
        await workplace.Give(team, alice, Rights.Member);
        var request = new SubmitRequest(team.Account, (await workplace.Keep(Message(bob.Address, from: team.Address))).Id) { Sender = team.Address };
        (await workplace.Submissions.Submit(MailWorkplace.CallerOf(alice), request, CancellationToken.None)).Failure.ShouldBeNull();
        (await workplace.Submissions.Submit(MailWorkplace.CallerOf(bob), request, CancellationToken.None)).Failure.ShouldBe(SubmitFailure.ForbiddenToSend);
        (await workplace.Messages(bob)).Count.ShouldBe(1);
        (await workplace.Submissions.Get(MailWorkplace.CallerOf(bob), team.Account, null, CancellationToken.None)).Found.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_held_message_goes_when_its_time_comes()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        var submission = await Submit(workplace, alice, Message($"bob@demo.localhost, someone@{Elsewhere}"), r => r with { SendAt = workplace.Time.GetUtcNow() + TimeSpan.FromHours(1) });
        (submission.UndoStatus, submission.SendAt).ShouldBe((UndoStatus.Pending, workplace.Time.GetUtcNow() + TimeSpan.FromHours(1)));
        workplace.Time.Advance(TimeSpan.FromMinutes(59));
        await workplace.RunJobs();
        (await workplace.Messages(bob)).ShouldBeEmpty();
        workplace.Time.Advance(TimeSpan.FromMinutes(1));
        await workplace.RunJobs();
        (await workplace.Messages(bob)).Count.ShouldBe(1);
        server.Messages.Count.ShouldBe(1);
        var sent = await Get(workplace, alice, submission);
        sent.UndoStatus.ShouldBe(UndoStatus.Final);
        sent.DeliveryStatus.Select(s => s.Delivered).ShouldBe([Delivered.Yes, Delivered.Unknown]);
        (await workplace.Submissions.Cancel(MailWorkplace.CallerOf(alice), alice.Account, submission.Id, CancellationToken.None)).ShouldBe(CancelOutcome.CannotUnsend);
    }

    [Fact]
    public async Task A_held_message_that_is_taken_back_is_never_sent()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        var submission = await Submit(workplace, alice, Message($"bob@demo.localhost, someone@{Elsewhere}"), r => r with { SendAt = workplace.Time.GetUtcNow() + TimeSpan.FromSeconds(10) });
        (await workplace.Submissions.Cancel(MailWorkplace.CallerOf(bob), alice.Account, submission.Id, CancellationToken.None)).ShouldBe(CancelOutcome.NotFound);
        (await workplace.Submissions.Cancel(MailWorkplace.CallerOf(alice), alice.Account, submission.Id, CancellationToken.None)).ShouldBe(CancelOutcome.Canceled);
        workplace.Time.Advance(TimeSpan.FromHours(1));
        await workplace.RunJobs();
        (await workplace.Messages(bob)).ShouldBeEmpty();
        server.Connections.ShouldBe(0);
        (await Get(workplace, alice, submission)).UndoStatus.ShouldBe(UndoStatus.Canceled);
    }

    [Fact]
    public async Task A_submission_that_is_destroyed_while_held_is_sent_all_the_same()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        var submission = await Submit(workplace, alice, Message("bob@demo.localhost"), r => r with { SendAt = workplace.Time.GetUtcNow() + TimeSpan.FromSeconds(10) });
        (await workplace.Submissions.Destroy(MailWorkplace.CallerOf(alice), alice.Account, submission.Id, CancellationToken.None)).ShouldBeTrue();
        (await workplace.Submissions.Destroy(MailWorkplace.CallerOf(alice), alice.Account, submission.Id, CancellationToken.None)).ShouldBeFalse();
        workplace.Time.Advance(TimeSpan.FromMinutes(1));
        await workplace.RunJobs();
        (await workplace.Messages(bob)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_change_of_a_submission_moves_the_state()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var caller = MailWorkplace.CallerOf(alice);
        var before = (await workplace.Submissions.Get(caller, alice.Account, [], CancellationToken.None)).State;
        var submission = await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        var made = (await workplace.Submissions.Changes(caller, alice.Account, before, 100, CancellationToken.None))!;
        made.Created.ShouldBe([submission.Id]);
        await workplace.RunJobs();
        var sent = (await workplace.Submissions.Changes(caller, alice.Account, made.New, 100, CancellationToken.None))!;
        sent.Updated.ShouldBe([submission.Id]);
        await workplace.Submissions.Destroy(caller, alice.Account, submission.Id, CancellationToken.None);
        var gone = (await workplace.Submissions.Changes(caller, alice.Account, sent.New, 100, CancellationToken.None))!;
        gone.Destroyed.ShouldBe([submission.Id]);
    }

    [Fact]
    public async Task What_became_of_old_submissions_is_forgotten()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        var old = await Submit(workplace, alice, Message(bob.Address));
        workplace.Time.Advance(TimeSpan.FromDays(29));
        var young = await Submit(workplace, alice, Message(bob.Address));
        workplace.Time.Advance(TimeSpan.FromDays(2));
        await new SubmissionSweep(workplace.Database, workplace.Time).Run(null!, CancellationToken.None);
        var caller = MailWorkplace.CallerOf(alice);
        (await workplace.Submissions.All(caller, alice.Account, CancellationToken.None)).Rows.Select(r => r.Id).ShouldBe([young.Id]);
        (await workplace.Submissions.Changes(caller, alice.Account, old.ChangedSeq, 100, CancellationToken.None))!.Destroyed.ShouldBe([old.Id]);
    }
}
