using System.Collections.Frozen;
using System.Text;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Store;

/// <summary>RFC 8621 §4: what changes of messages, and who may.</summary>
public abstract class MessagesContract(DatabaseFixture fixture)
{
    const string WithAttachment = """
        Subject: Plan
        Content-Type: multipart/mixed; boundary=b

        --b

        See the plan.
        --b
        Content-Type: application/pdf; name=plan.pdf
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        SGVsbG8gcGxhbg==
        --b--
        """;

    readonly MailStore _store = new(fixture.Test);

    [Fact]
    public async Task Keywords_are_kept_in_lower_case_and_replaced_added_and_removed()
    {
        var alice = await _store.AddPerson();
        var made = await _store.Add(alice, "Lunch", keywords: ["$Seen", "Work"]);
        (await Keywords(alice, made.Id)).ShouldBe(["$seen", "work"]);
        await _store.Update(alice, made.Id, new EmailUpdate { Keywords = new Patch<string> { Add = ["LATER", "$flagged"], Remove = ["WORK"] } });
        (await Keywords(alice, made.Id)).ShouldBe(["$seen", "$flagged", "later"]);
        await _store.Update(alice, made.Id, new EmailUpdate { Keywords = new Patch<string> { Replace = ["done"] } });
        (await Keywords(alice, made.Id)).ShouldBe(["done"]);
        await _store.Update(alice, made.Id, new EmailUpdate { Keywords = new Patch<string> { Replace = [] } });
        (await Keywords(alice, made.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_of_it_is_done()
    {
        var alice = await _store.AddPerson();
        var made = await _store.Add(alice, "Lunch");
        async Task<MailFailure> Refused(EmailUpdate update) => (await _store.Update(alice, made.Id, update)).NotUpdated[made.Id].Failure;
        (await Refused(new EmailUpdate { Keywords = new Patch<string> { Add = ["two words"] } })).ShouldBe(MailFailure.InvalidProperties);
        (await Refused(new EmailUpdate { Keywords = new Patch<string> { Add = [new string('x', 256)] } })).ShouldBe(MailFailure.InvalidProperties);
        (await Refused(new EmailUpdate { Keywords = new Patch<string> { Add = [.. Enumerable.Range(0, 101).Select(i => $"k{i}")] } })).ShouldBe(MailFailure.TooManyKeywords);
        (await Refused(new EmailUpdate { MailboxIds = new Patch<long> { Replace = [] } })).ShouldBe(MailFailure.InvalidProperties);
        (await Refused(new EmailUpdate { MailboxIds = new Patch<long> { Add = [987_654] } })).ShouldBe(MailFailure.InvalidProperties);
        (await _store.Update(alice, 987_654, new EmailUpdate())).NotUpdated[987_654].Failure.ShouldBe(MailFailure.NotFound);
        (await Keywords(alice, made.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_moved_message_gets_a_new_uid_and_what_stays_keeps_its_own()
    {
        var alice = await _store.AddPerson();
        var (inbox, archive) = (alice.Mailboxes["inbox"], alice.Mailboxes["archive"]);
        var made = await _store.Add(alice, "Lunch");
        await _store.Add(alice, "Dinner");
        await _store.Update(alice, made.Id, new EmailUpdate { MailboxIds = new Patch<long> { Add = [archive] } });
        await _store.Update(alice, made.Id, new EmailUpdate { MailboxIds = new Patch<long> { Remove = [inbox] } });
        await _store.Update(alice, made.Id, new EmailUpdate { MailboxIds = new Patch<long> { Replace = [inbox] } });
        var mailboxes = (await _store.Mailboxes.Get(alice.Caller, alice.Account, [inbox, archive], fixture.Cancellation)).Found;
        mailboxes[0].UidNext.ShouldBe(4);
        mailboxes[1].UidNext.ShouldBe(2);
        mailboxes[1].HighestModSeq.ShouldBe(mailboxes[0].HighestModSeq);
    }

    [Fact]
    public async Task A_message_that_is_destroyed_in_the_same_set_is_not_changed()
    {
        var alice = await _store.AddPerson();
        var made = await _store.Add(alice, "Lunch");
        var outcome = await _store.Messages.Set(alice.Caller, alice.Account, new EmailSet
        {
            Update = new Dictionary<long, EmailUpdate> { [made.Id] = new() { Keywords = new Patch<string> { Add = ["$seen"] } } },
            Destroy = [made.Id, made.Id],
        }, fixture.Cancellation);
        outcome.NotUpdated[made.Id].Failure.ShouldBe(MailFailure.WillDestroy);
        outcome.Destroyed.ShouldBe([made.Id]);
    }

    [Fact]
    public async Task An_account_without_room_takes_nothing_and_says_so()
    {
        var alice = await _store.AddPerson();
        var message = await _store.Parse("Subject: Lunch\n\nHello");
        await fixture.Database.Write(scope => AccountTable.Update(scope, alice.Account, "Alice", message.Blob.Size + 10, false), fixture.Cancellation);
        var outcome = await _store.Messages.Set(alice.Caller, alice.Account, new EmailSet
        {
            Create = new Dictionary<string, EmailCreate> { ["a"] = new(message, [alice.Mailboxes["inbox"]]), ["b"] = new(message, [alice.Mailboxes["inbox"]]) },
        }, fixture.Cancellation);
        outcome.Created.Keys.ShouldBe(["a"]);
        outcome.NotCreated["b"].Failure.ShouldBe(MailFailure.OverQuota);
        (await fixture.Database.Write(scope => _store.Messages.Ingest(scope, alice.Account, message, fixture.Time.GetUtcNow()), fixture.Cancellation)).OverQuota.ShouldBeTrue();
        await _store.Destroy(alice, outcome.Created["a"].Id);
        (await fixture.Database.Write(scope => _store.Messages.Ingest(scope, alice.Account, message, fixture.Time.GetUtcNow()), fixture.Cancellation)).OverQuota.ShouldBeFalse();
    }

    [Fact]
    public async Task A_copy_to_another_account_shares_the_bytes()
    {
        var alice = await _store.AddPerson();
        var team = await _store.AddPerson("Team");
        var made = await _store.Add(alice, await _store.Parse(WithAttachment), keywords: ["$flagged"]);
        await fixture.Database.Write(scope => Access.Give(scope, new Grant(team.Account, null, alice.Account, Rights.Member)), fixture.Cancellation);
        var outcome = await _store.Messages.Copy(alice.Caller, alice.Account, team.Account, new EmailCopy
        {
            Create = new Dictionary<string, EmailCopyItem> { ["a"] = new(made.Id, [team.Mailboxes["archive"]]), ["b"] = new(987_654, [team.Mailboxes["archive"]]), ["c"] = new(made.Id, [alice.Mailboxes["inbox"]]) },
        }, fixture.Cancellation);
        outcome.NotCreated["b"].Failure.ShouldBe(MailFailure.NotFound);
        outcome.NotCreated["c"].Failure.ShouldBe(MailFailure.InvalidProperties);
        var copy = (await _store.Get(team, outcome.Created["a"].Id))!;
        copy.Blob.ShouldBe(made.Blob);
        copy.Keywords.ShouldBe(["$flagged"]);
        copy.HasAttachment.ShouldBeTrue();
        copy.MailboxIds.ShouldBe([team.Mailboxes["archive"]]);
    }

    [Fact]
    public async Task A_part_can_be_read_by_who_reads_the_message_and_by_nobody_else()
    {
        var (alice, bob) = (await _store.AddPerson(), await _store.AddPerson("Bob"));
        var made = await _store.Add(alice, await _store.Parse(WithAttachment));
        var part = (await _store.Get(alice, made.Id))!.Structure!.Leaves().Last();
        part.Name.ShouldBe("plan.pdf");
        part.BlobId.ShouldBe(BlobId.Of("Hello plan"u8));
        (await _store.Uploads.MayRead(bob.Caller, alice.Account, part.BlobId!.Value, fixture.Cancellation)).ShouldBeFalse();
        (await _store.Uploads.MayRead(bob.Caller, bob.Account, part.BlobId!.Value, fixture.Cancellation)).ShouldBeFalse();
        (await _store.Uploads.MayRead(bob.Caller, bob.Account, made.Blob, fixture.Cancellation)).ShouldBeFalse();
        (await fixture.Blobs.Size(part.BlobId!.Value, fixture.Cancellation)).ShouldBeNull();
        (await _store.Uploads.MayRead(alice.Caller, alice.Account, part.BlobId!.Value, fixture.Cancellation)).ShouldBeTrue();
        await using var stream = (await fixture.Blobs.Open(part.BlobId!.Value, fixture.Cancellation))!;
        (await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync(fixture.Cancellation)).ShouldBe("Hello plan");
        (await _store.Uploads.MayRead(alice.Caller, alice.Account, made.Blob, fixture.Cancellation)).ShouldBeTrue();
        var withoutMail = alice.Caller with { Scopes = FrozenSet.Create("calendar") };
        (await _store.Uploads.MayRead(withoutMail, alice.Account, made.Blob, fixture.Cancellation)).ShouldBeFalse();
        (await _store.Uploads.MayRead(withoutMail, alice.Account, part.BlobId!.Value, fixture.Cancellation)).ShouldBeFalse();
        await _store.Destroy(alice, made.Id);
        (await _store.Uploads.MayRead(alice.Caller, alice.Account, part.BlobId!.Value, fixture.Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_sweep_keeps_the_bytes_of_messages()
    {
        var alice = await _store.AddPerson();
        var made = await _store.Add(alice, "Kept");
        var lost = await fixture.Blobs.Put("Lost"u8.ToArray(), fixture.Cancellation);
        fixture.Time.Advance(TimeSpan.FromDays(2));
        await _store.Uploads.Sweep(fixture.Blobs, fixture.Cancellation);
        (await fixture.Blobs.Size(made.Blob, fixture.Cancellation)).ShouldNotBeNull();
        (await fixture.Blobs.Size(lost.Id, fixture.Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Sixteen_deliveries_at_once_all_arrive_and_are_counted()
    {
        var alice = await _store.AddPerson();
        var messages = new List<ParsedMessage>();
        for (var i = 0; i < 64; i++) messages.Add(await _store.Parse($"Subject: Re: Storm\nMessage-ID: <{i}@x>\nReferences: <root@x>\n\n{i}"));
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = fixture.Cancellation }, async (message, token) =>
            await fixture.Database.Write(scope => _store.Messages.Ingest(scope, alice.Account, message, fixture.Time.GetUtcNow()), token));
        var inbox = (await _store.Mailboxes.Get(alice.Caller, alice.Account, [alice.Mailboxes["inbox"]], fixture.Cancellation)).Found.Single();
        inbox.TotalEmails.ShouldBe(64);
        inbox.TotalThreads.ShouldBe(1);
        inbox.UnreadThreads.ShouldBe(1);
        inbox.UidNext.ShouldBe(65);
        var counted = await fixture.Database.Read(scope => MailboxTable.Count(scope, alice.Account), fixture.Cancellation);
        counted[inbox.Id].TotalEmails.ShouldBe(64);
    }

    [Fact]
    public async Task Identities_are_of_the_accounts_own_addresses()
    {
        var alice = await _store.AddPerson();
        var identities = new Identities(fixture.Database, new OneDirectory(alice.Account, "alice@demo.localhost", "sales@demo.localhost"));
        var first = (await identities.Get(alice.Caller, alice.Account, null, fixture.Cancellation)).Found.Single();
        first.Email.ShouldBe("alice@demo.localhost");
        first.MayDelete.ShouldBeFalse();
        var outcome = await identities.Set(alice.Caller, alice.Account, new IdentitySet
        {
            Create = new Dictionary<string, IdentityCreate>
            {
                ["a"] = new() { Email = "Sales@demo.localhost", Name = "Sales", ReplyTo = [new MailAddress("Team", "team@demo.localhost")] },
                ["b"] = new() { Email = "bob@demo.localhost" },
            },
            Update = new Dictionary<long, IdentityUpdate> { [first.Id] = new() { TextSignature = "Alice" } },
            Destroy = [first.Id],
        }, fixture.Cancellation);
        outcome.Created["a"].MayDelete.ShouldBeTrue();
        outcome.NotCreated["b"].Failure.ShouldBe(MailFailure.ForbiddenFrom);
        outcome.Updated.ShouldBe([first.Id]);
        outcome.NotDestroyed[first.Id].Failure.ShouldBe(MailFailure.Forbidden);
        var made = (await identities.Get(alice.Caller, alice.Account, [outcome.Created["a"].Id], fixture.Cancellation)).Found.Single();
        made.ReplyTo.ShouldBe([new MailAddress("Team", "team@demo.localhost")]);
        (await identities.Changes(alice.Caller, alice.Account, outcome.OldState, 10, fixture.Cancellation))!.Created.ShouldBe([made.Id]);
    }

    [Fact]
    public async Task The_vacation_response_is_set_whole_by_who_manages_the_account()
    {
        var (alice, bob) = (await _store.AddPerson(), await _store.AddPerson("Bob"));
        var vacations = new VacationResponses(fixture.Database);
        (await vacations.Get(alice.Caller, alice.Account, fixture.Cancellation)).Response.ShouldBe(new VacationResponse());
        var away = new VacationResponse { IsEnabled = true, FromDate = fixture.Time.GetUtcNow(), Subject = "Away", TextBody = "Back on Monday" };
        (await vacations.Set(alice.Caller, alice.Account, null, away, fixture.Cancellation)).Error.ShouldBeNull();
        (await vacations.Get(alice.Caller, alice.Account, fixture.Cancellation)).Response.ShouldBe(away);
        (await vacations.Set(bob.Caller, alice.Account, null, away, fixture.Cancellation)).Error!.Failure.ShouldBe(MailFailure.Forbidden);
        (await vacations.Get(bob.Caller, alice.Account, fixture.Cancellation)).Response.ShouldBe(new VacationResponse());
    }

    async Task<IReadOnlyList<string>> Keywords(Person person, long id) => (await _store.Get(person, id))!.Keywords;
}
