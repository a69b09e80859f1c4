using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Store;

/// <summary>RFC 8621 §4.4 and §4.5, beside a model that looks at every message.</summary>
public abstract class QueryContract(DatabaseFixture fixture)
{
    readonly MailStore _store = new(fixture.Test);

    [Fact]
    public async Task Random_queries_find_what_a_look_at_every_message_finds()
    {
        var (alice, mail) = await Mailbox(7);
        var all = await mail.All();
        var random = new Random(21);
        for (var i = 0; i < 250; i++)
        {
            var query = RandomQuery.Make(random, alice, all);
            var expected = QueryModel.Run(query, all);
            var name = $"{i}: {Describe(query)}";
            var whole = await Query(alice, query with { Limit = 10_000, CalculateTotal = true });
            whole.Ids.ShouldBe(expected, name);
            whole.Total.ShouldBe(expected.Count, name);
            await Slices(alice, query, expected, random, name);
        }
    }

    [Fact]
    public async Task Changes_to_random_queries_bring_the_old_results_to_the_new()
    {
        var (alice, mail) = await Mailbox(8);
        var random = new Random(22);
        var told = 0;
        for (var i = 0; i < 60; i++)
        {
            var all = await mail.All();
            var query = RandomQuery.Make(random, alice, all);
            var before = await Query(alice, query with { Limit = 10_000 });
            for (var step = random.Next(4); step >= 0; step--) await mail.Step();
            var after = await Query(alice, query with { Limit = 10_000, CalculateTotal = true });
            before.CanCalculateChanges.ShouldBeTrue();
            var changes = await _store.Query.Changes(alice.Caller, alice.Account, query with { CalculateTotal = true }, before.State, null, null, fixture.Cancellation);
            changes.ShouldNotBeNull();
            told++;
            var results = before.Ids.Except(changes.Removed).ToList();
            foreach (var (id, index) in changes.Added) results.Insert((int)index, id);
            results.ShouldBe(after.Ids, $"{i}: {Describe(query)}");
            changes.Total.ShouldBe(after.Total);
            changes.New.ShouldBe(after.State);
        }

        told.ShouldBe(60);
    }

    [Fact]
    public async Task Text_is_found_in_the_fields_that_are_asked_for()
    {
        var alice = await _store.AddPerson();
        var m = await _store.Add(alice, await _store.Parse("""
            From: Zoé Martin <zoe@example.org>
            To: Alice <alice@demo.localhost>
            Cc: Karim Benali <karim@example.org>
            Bcc: secret@example.org
            Subject: Réunion du conseil
            X-Project: Bastide Alpha
            Content-Type: text/html; charset=utf-8

            <p>Le <b>budget</b> est approuvé</p><script>hidden</script>
            """));
        var other = await _store.Add(alice, "Lunch", "a@x");
        (await Find(alice, new EmailCondition { Text = "reunion budget" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { Text = "karim" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { Text = "hidden" })).ShouldBeEmpty();
        (await Find(alice, new EmailCondition { From = "zoe" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { From = "karim" })).ShouldBeEmpty();
        (await Find(alice, new EmailCondition { Cc = "karim" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { To = "karim" })).ShouldBeEmpty();
        (await Find(alice, new EmailCondition { Cc = "karim@example.org", Bcc = "secret" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { Bcc = "karim" })).ShouldBeEmpty();
        (await Find(alice, new EmailCondition { Subject = "\"du conseil\"" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { Subject = "budget" })).ShouldBeEmpty();
        (await Find(alice, new EmailCondition { Body = "approuve" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { Header = new HeaderCondition("x-project", null) })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { Header = new HeaderCondition("X-Project", "alpha") })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { Header = new HeaderCondition("X-Project", "beta") })).ShouldBeEmpty();
        (await Find(alice, EmailFilter.Not(new EmailCondition { Text = "budget" }))).ShouldBe([other.Id]);
        (await Find(alice, EmailFilter.Or(new EmailCondition { To = "nobody" }, new EmailCondition { Subject = "lunch" }))).ShouldBe([other.Id]);
        (await Find(alice, EmailFilter.Or(new EmailCondition { Header = new HeaderCondition("X-Project", "alpha") }, new EmailCondition { Subject = "lunch" }))).ShouldBe([m.Id, other.Id], ignoreOrder: true);
        (await Find(alice, new EmailCondition { InMailbox = alice.Mailboxes["inbox"], Text = "budget" })).ShouldBe([m.Id]);
        (await Find(alice, new EmailCondition { InMailbox = alice.Mailboxes["sent"], Text = "budget" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_is_found_in_order_whether_few_have_it_or_nearly_all()
    {
        var alice = await _store.AddPerson();
        var mail = new List<(long Id, long Thread, string Subject)>();
        var random = new Random(5);
        for (var i = 0; i < 700; i++)
        {
            // The newest all have "recent", most have "usual", few have "seldom"; when they came is not the order they were stored in.
            var words = $"Note {i % 40} {(i >= 500 ? "recent" : "old")} {(random.Next(10) > 0 ? "usual" : "")} {(random.Next(80) == 0 ? "seldom" : "")}";
            var stored = await _store.Add(alice, words, at: fixture.Test.Time.GetUtcNow().AddMinutes(i < 350 ? i : 1050 - i));
            mail.Add((stored.Id, stored.ThreadId, words));
        }

        var newest = (await Query(alice, new EmailQuery { Limit = 1000 })).Ids;
        newest.Count.ShouldBe(700);
        foreach (var word in new[] { "usual", "recent", "seldom", "note", "recent seldom", "absent" })
            foreach (var collapse in new[] { false, true })
                foreach (var isAscending in new[] { false, true })
                {
                    var query = new EmailQuery { Filter = new EmailCondition { Text = word }, CollapseThreads = collapse, Sort = [new EmailSort(EmailSortProperty.ReceivedAt, isAscending)] };
                    var having = (isAscending ? newest.Reverse() : newest).Select(id => mail.Find(m => m.Id == id)).Where(m => word.Split(' ').All(w => m.Subject.Contains(w, StringComparison.OrdinalIgnoreCase)));
                    List<long> expected = [.. (collapse ? having.DistinctBy(m => m.Thread) : having).Select(m => m.Id)];
                    (await Query(alice, query with { Limit = 50 })).Ids.ShouldBe(expected.Take(50), $"{word} {collapse} {isAscending}");
                    (await Query(alice, query with { Limit = 1000 })).Ids.ShouldBe(expected, $"{word} {collapse} {isAscending}");
                    (await Query(alice, query with { Position = 150, Limit = 5 })).Ids.ShouldBe(expected.Skip(150).Take(5), $"{word} {collapse} {isAscending}");
                    await Slices(alice, query, expected, random, word);
                }
    }

    [Fact]
    public async Task Text_that_is_found_does_not_let_changes_be_told()
    {
        var alice = await _store.AddPerson();
        var query = new EmailQuery { Filter = new EmailCondition { Text = "budget" } };
        (await Query(alice, query)).CanCalculateChanges.ShouldBeFalse();
        (await _store.Query.Changes(alice.Caller, alice.Account, query, default, null, null, fixture.Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task More_changes_than_wanted_are_not_told_in_part()
    {
        var alice = await _store.AddPerson();
        var state = await _store.State(alice, MailTypes.Email);
        for (var i = 0; i < 5; i++) await _store.Add(alice, "Lunch");
        var changes = await _store.Query.Changes(alice.Caller, alice.Account, new EmailQuery(), state, null, 4, fixture.Cancellation);
        changes!.TooMany.ShouldBeTrue();
        changes.Added.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stranger_finds_nothing_whatever_mailbox_they_name()
    {
        var (alice, bob) = (await _store.AddPerson(), await _store.AddPerson("Bob"));
        await _store.Add(alice, "Lunch");
        foreach (var filter in new EmailFilter?[] { null, new EmailCondition { InMailbox = alice.Mailboxes["inbox"] }, EmailFilter.Or(new EmailCondition { InMailbox = alice.Mailboxes["inbox"] }), new EmailCondition { Text = "lunch" } })
        {
            foreach (var account in new[] { alice.Account, bob.Account })
            {
                var found = await _store.Query.Query(bob.Caller, account, new EmailQuery { Filter = filter, CalculateTotal = true }, fixture.Cancellation);
                found.Ids.ShouldBeEmpty();
                found.Total.ShouldBe(0);
            }
        }
    }

    [Fact]
    public async Task Negative_positions_count_from_the_end_and_unknown_anchors_are_told()
    {
        var alice = await _store.AddPerson();
        var ids = new List<long>();
        for (var i = 0; i < 10; i++) ids.Insert(0, (await _store.Add(alice, $"N{i}", at: fixture.Time.GetUtcNow().AddMinutes(i))).Id);
        var query = new EmailQuery { Filter = new EmailCondition { InMailbox = alice.Mailboxes["inbox"] } };
        var last = await Query(alice, query with { Position = -3, Limit = 2 });
        last.Position.ShouldBe(7);
        last.Ids.ShouldBe([ids[7], ids[8]]);
        (await Query(alice, query with { Position = -30, Limit = 1 })).Ids.ShouldBe([ids[0]]);
        (await Query(alice, query with { Anchor = ids[4], AnchorOffset = -2, Limit = 3 })).Ids.ShouldBe(ids[2..5]);
        (await Query(alice, query with { Anchor = 999_999 })).Failure.ShouldBe(QueryFailure.AnchorNotFound);
        (await Query(alice, query with { Position = 50 })).Ids.ShouldBeEmpty();
    }

    async Task Slices(Person person, EmailQuery query, List<long> expected, Random random, string name)
    {
        var (position, limit) = (random.Next(expected.Count + 2), random.Next(1, 30));
        var slice = await Query(person, query with { Position = position, Limit = limit });
        slice.Ids.ShouldBe(expected.Skip(position).Take(limit), name);
        if (expected.Count == 0) return;
        var anchor = expected[random.Next(expected.Count)];
        var offset = random.Next(-5, 6);
        var from = Math.Max(0, expected.IndexOf(anchor) + offset);
        var around = await Query(person, query with { Anchor = anchor, AnchorOffset = offset, Limit = limit });
        around.Position.ShouldBe(from, name);
        around.Ids.ShouldBe(expected.Skip(from).Take(limit), name);
    }

    async Task<(Person, RandomMail)> Mailbox(int seed)
    {
        var alice = await _store.AddPerson();
        var mail = new RandomMail(_store, alice, seed);
        for (var i = 0; i < 150; i++) await mail.Step();
        return (alice, mail);
    }

    async Task<IReadOnlyList<long>> Find(Person person, EmailFilter filter) => (await Query(person, new EmailQuery { Filter = filter })).Ids;

    ValueTask<EmailQueryResult> Query(Person person, EmailQuery query) => _store.Query.Query(person.Caller, person.Account, query, fixture.Cancellation);

    static string Describe(EmailQuery query) => $"{QueryModel.Describe(query.Filter)} by {string.Join(' ', query.Sort)}{(query.CollapseThreads ? " collapsed" : "")}";
}
