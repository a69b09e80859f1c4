using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Store;

/// <summary>A client that follows the changes has what the server has (RFC 8620 §5.2).</summary>
public abstract class ChangesContract(DatabaseFixture fixture)
{
    readonly MailStore _store = new(fixture.Test);

    [Fact]
    public async Task A_client_that_follows_the_changes_has_what_the_server_has()
    {
        var alice = await _store.AddPerson();
        var mail = new RandomMail(_store, alice, 4711);
        var random = new Random(99);
        var known = new Dictionary<long, string>();
        var threads = new Dictionary<long, string>();
        var (state, threadState) = (new Sequence(0), new Sequence(0));
        for (var i = 0; i < 120; i++)
        {
            await mail.Step();
            if (random.Next(4) != 0) continue;
            state = await Follow(alice, state, known);
            threadState = await FollowThreads(alice, threadState, threads);
            var all = await mail.All();
            known.ShouldBe(all.ToDictionary(m => m.Id, Describe), ignoreOrder: true);
            threads.ShouldBe(all.OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).GroupBy(m => m.ThreadId).ToDictionary(t => t.Key, t => string.Join(',', t.Select(m => m.Id))), ignoreOrder: true);
        }

        known.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_client_is_told_of_mailboxes_whose_counts_alone_changed()
    {
        var alice = await _store.AddPerson();
        var state = await _store.State(alice, MailTypes.Mailbox);
        var made = await _store.Add(alice, "Lunch");
        var changes = (await _store.Mailboxes.Changes(alice.Caller, alice.Account, state, 100, fixture.Cancellation))!;
        changes.Changes.Updated.ShouldBe([alice.Mailboxes["inbox"]]);
        changes.OnlyCounts.ShouldBeTrue();

        state = changes.Changes.New;
        await _store.Update(alice, made.Id, new EmailUpdate { Keywords = new Patch<string> { Add = ["$flagged"] } });
        (await _store.State(alice, MailTypes.Mailbox)).ShouldBe(state);

        await _store.Mailboxes.Set(alice.Caller, alice.Account, new MailboxSet
        {
            Update = new Dictionary<long, MailboxUpdate> { [alice.Mailboxes["inbox"]] = new() { Name = "Eingang" } },
        }, fixture.Cancellation);
        (await _store.Mailboxes.Changes(alice.Caller, alice.Account, state, 100, fixture.Cancellation))!.OnlyCounts.ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_moves_when_nothing_changes()
    {
        var alice = await _store.AddPerson();
        var made = await _store.Add(alice, "Lunch", keywords: ["$seen"]);
        var state = await _store.State(alice, MailTypes.Email);
        var outcome = await _store.Update(alice, made.Id, new EmailUpdate { Keywords = new Patch<string> { Add = ["$SEEN"] }, MailboxIds = new Patch<long> { Replace = [alice.Mailboxes["inbox"]] } });
        outcome.Updated.ShouldBe([made.Id]);
        outcome.NewState.ShouldBe(outcome.OldState);
        (await _store.State(alice, MailTypes.Email)).ShouldBe(state);
    }

    [Fact]
    public async Task A_delivery_moves_the_state_of_deliveries_and_an_import_does_not()
    {
        var alice = await _store.AddPerson();
        await _store.Add(alice, "Imported");
        (await _store.State(alice, MailTypes.EmailDelivery)).ShouldBe(new Sequence(0));
        var parsed = await _store.Parse("Subject: Delivered\n\nHi");
        var result = await fixture.Database.Write(scope => _store.Messages.Ingest(scope, alice.Account, parsed, fixture.Time.GetUtcNow()), fixture.Cancellation);
        result.OverQuota.ShouldBeFalse();
        (await _store.State(alice, MailTypes.EmailDelivery)).ShouldBe(await _store.State(alice, MailTypes.Email));
        (await _store.Get(alice, result.EmailId))!.MailboxIds.ShouldBe([alice.Mailboxes["inbox"]]);
    }

    async Task<Sequence> Follow(Person person, Sequence since, Dictionary<long, string> known)
    {
        while (true)
        {
            var changes = await _store.Messages.Changes(person.Caller, person.Account, since, 50, fixture.Cancellation);
            changes.ShouldNotBeNull();
            foreach (var id in changes.Destroyed) known.Remove(id).ShouldBeTrue();
            var found = (await _store.Messages.Get(person.Caller, person.Account, [.. changes.Created, .. changes.Updated], withStructure: false, fixture.Cancellation)).Found;
            foreach (var message in found) known[message.Id] = Describe(message);
            since = changes.New;
            if (!changes.HasMore) return since;
        }
    }

    async Task<Sequence> FollowThreads(Person person, Sequence since, Dictionary<long, string> known)
    {
        var changes = await _store.Threads.Changes(person.Caller, person.Account, since, 5000, fixture.Cancellation);
        foreach (var id in changes!.Destroyed) known.Remove(id).ShouldBeTrue();
        foreach (var thread in (await _store.Threads.Get(person.Caller, person.Account, [.. changes.Created, .. changes.Updated], fixture.Cancellation)).Found) known[thread.Id] = string.Join(',', thread.EmailIds);
        return changes.New;
    }

    static string Describe(Message message) => $"{message.ThreadId} {string.Join(',', message.MailboxIds.Order())} {string.Join(',', message.Keywords.Order())}";
}
