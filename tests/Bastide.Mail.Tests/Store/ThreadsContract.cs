using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Store;

/// <summary>RFC 8621 §3.</summary>
public abstract class ThreadsContract(DatabaseFixture fixture)
{
    readonly MailStore _store = new(fixture.Test);

    [Fact]
    public async Task A_reply_joins_the_thread_of_what_it_answers()
    {
        var alice = await _store.AddPerson();
        var first = await _store.Add(alice, "Lunch", "a@x");
        var reply = await _store.Add(alice, "Re: Lunch", "b@x", "a@x");
        var other = await _store.Add(alice, "Lunch", "c@x");
        reply.ThreadId.ShouldBe(first.ThreadId);
        other.ThreadId.ShouldNotBe(first.ThreadId);
        var (threads, _) = await _store.Threads.Get(alice.Caller, alice.Account, [first.ThreadId, 987654], fixture.Cancellation);
        threads.Single().EmailIds.ShouldBe([first.Id, reply.Id]);
    }

    [Fact]
    public async Task A_reply_with_another_subject_begins_a_thread_of_its_own()
    {
        var alice = await _store.AddPerson();
        var first = await _store.Add(alice, "Lunch", "a@x");
        (await _store.Add(alice, "Dinner", "b@x", "a@x")).ThreadId.ShouldNotBe(first.ThreadId);
    }

    [Fact]
    public async Task Siblings_of_a_message_that_never_came_are_of_one_thread()
    {
        var alice = await _store.AddPerson();
        var first = await _store.Add(alice, "Re: Lunch", "b@x", "a@x");
        (await _store.Add(alice, "AW: Lunch", "c@x", "a@x")).ThreadId.ShouldBe(first.ThreadId);
    }

    [Fact]
    public async Task Messages_of_a_thread_stand_in_the_order_they_came()
    {
        var alice = await _store.AddPerson();
        var now = fixture.Time.GetUtcNow();
        var late = await _store.Add(alice, "Re: Lunch", "b@x", "a@x", now);
        var early = await _store.Add(alice, "Lunch", "a@x", at: now.AddHours(-1));
        var (threads, _) = await _store.Threads.Get(alice.Caller, alice.Account, [late.ThreadId], fixture.Cancellation);
        threads.Single().EmailIds.ShouldBe([early.Id, late.Id]);
    }

    [Fact]
    public async Task A_late_message_joins_two_threads_and_those_of_the_smaller_get_new_ids()
    {
        var alice = await _store.AddPerson();
        var a = await _store.Add(alice, "Lunch", "a@x");
        var a2 = await _store.Add(alice, "Re: Lunch", "a2@x", "a@x");
        var c = await _store.Add(alice, "Re: Lunch", "c@x", "b@x", keywords: ["$flagged", "work"]);
        c.ThreadId.ShouldNotBe(a.ThreadId);
        var before = await _store.State(alice, MailTypes.Email);
        var threadsBefore = await _store.State(alice, MailTypes.Thread);

        var b = await _store.Add(alice, "Re: Lunch", "b@x", "a@x");

        b.ThreadId.ShouldBe(a.ThreadId);
        var (threads, _) = await _store.Threads.Get(alice.Caller, alice.Account, [a.ThreadId, c.ThreadId], fixture.Cancellation);
        var members = threads.Single().EmailIds;
        members.Count.ShouldBe(4);
        members.ShouldContain(a.Id);
        members.ShouldContain(a2.Id);
        members.ShouldContain(b.Id);
        members.ShouldNotContain(c.Id);
        var again = (await _store.Get(alice, members.Except([a.Id, a2.Id, b.Id]).Single()))!;
        again.Blob.ShouldBe(c.Blob);
        again.Keywords.ShouldBe(["$flagged", "work"], ignoreOrder: true);
        (await _store.Get(alice, c.Id)).ShouldBeNull();
        var changes = (await _store.Messages.Changes(alice.Caller, alice.Account, before, 100, fixture.Cancellation))!;
        changes.Destroyed.ShouldBe([c.Id]);
        changes.Created.ShouldBe([b.Id, again.Id], ignoreOrder: true);
        var threadChanges = (await _store.Threads.Changes(alice.Caller, alice.Account, threadsBefore, 100, fixture.Cancellation))!;
        threadChanges.Destroyed.ShouldBe([c.ThreadId]);
        threadChanges.Updated.ShouldBe([a.ThreadId]);
    }

    [Fact]
    public async Task A_late_reply_to_what_was_joined_finds_the_joined_thread()
    {
        var alice = await _store.AddPerson();
        var a = await _store.Add(alice, "Lunch", "a@x");
        await _store.Add(alice, "Re: Lunch", "c@x", "b@x");
        await _store.Add(alice, "Re: Lunch", "b@x", "a@x");
        (await _store.Add(alice, "Re: Lunch", "d@x", "c@x")).ThreadId.ShouldBe(a.ThreadId);
    }

    [Fact]
    public async Task A_batch_is_threaded_within_itself()
    {
        var alice = await _store.AddPerson();
        var a = await _store.Parse("Subject: Lunch\nMessage-ID: <a@x>\n\n1");
        var b = await _store.Parse("Subject: Re: Lunch\nMessage-ID: <b@x>\nIn-Reply-To: <a@x>\n\n2");
        var c = await _store.Parse("Subject: Re: Lunch\nMessage-ID: <c@x>\nIn-Reply-To: <b@x>\n\n3");
        var made = await _store.Messages.IngestMany(alice.Account, [.. new[] { c, a, b }.Select(m => new IngestItem(m, fixture.Time.GetUtcNow(), [alice.Mailboxes["inbox"]], []))], fixture.Cancellation);
        made.Select(email => email!.ThreadId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_thread_goes_with_its_last_message()
    {
        var alice = await _store.AddPerson();
        var a = await _store.Add(alice, "Lunch", "a@x");
        var b = await _store.Add(alice, "Re: Lunch", "b@x", "a@x");
        await _store.Destroy(alice, a.Id);
        var state = await _store.State(alice, MailTypes.Thread);
        await _store.Destroy(alice, b.Id);
        var (threads, _) = await _store.Threads.Get(alice.Caller, alice.Account, [a.ThreadId], fixture.Cancellation);
        threads.ShouldBeEmpty();
        (await _store.Threads.Changes(alice.Caller, alice.Account, state, 10, fixture.Cancellation))!.Destroyed.ShouldBe([a.ThreadId]);
    }

    [Fact]
    public async Task A_full_thread_takes_nobody_in_and_the_next_begins_another()
    {
        var alice = await _store.AddPerson();
        var messages = new List<IngestItem>();
        for (var i = 0; i < 502; i++)
            messages.Add(new IngestItem(await _store.Parse($"Subject: Re: Build\nMessage-ID: <{i}@x>\nReferences: <root@x>\n\n{i}"), fixture.Time.GetUtcNow(), [alice.Mailboxes["inbox"]], []));
        var made = new List<NewEmail?>();
        foreach (var batch in messages.Chunk(100)) made.AddRange(await _store.Messages.IngestMany(alice.Account, batch, fixture.Cancellation));
        made[..500].Select(email => email!.ThreadId).Distinct().Count().ShouldBe(1);
        made[500..].Select(email => email!.ThreadId).Distinct().Single().ShouldNotBe(made[0]!.ThreadId);
    }

    [Fact]
    public async Task Threads_of_a_stranger_do_not_exist()
    {
        var (alice, bob) = (await _store.AddPerson(), await _store.AddPerson("Bob"));
        var a = await _store.Add(alice, "Lunch", "a@x");
        (await _store.Threads.Get(bob.Caller, alice.Account, [a.ThreadId], fixture.Cancellation)).Found.ShouldBeEmpty();
        (await _store.Threads.Get(bob.Caller, bob.Account, [a.ThreadId], fixture.Cancellation)).Found.ShouldBeEmpty();
    }
}
