using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Store;

/// <summary>RFC 8621 §2.</summary>
public abstract class MailboxesContract(DatabaseFixture fixture)
{
    readonly MailStore _store = new(fixture.Test);

    [Fact]
    public async Task An_account_begins_with_the_mailboxes_every_client_knows()
    {
        var alice = await _store.AddPerson();
        alice.Mailboxes.Keys.ShouldBe(["inbox", "drafts", "sent", "archive", "junk", "trash"], ignoreOrder: true);
        (await All(alice)).ShouldAllBe(mailbox => mailbox.IsSubscribed && mailbox.MyRights == Rights.Owner);
    }

    [Fact]
    public async Task Mailboxes_made_together_may_be_below_one_another()
    {
        var alice = await _store.AddPerson();
        var outcome = await Set(alice, new MailboxSet
        {
            Create = new Dictionary<string, MailboxCreate>
            {
                ["c"] = new() { Name = "Invoices", ParentCreationId = "b" },
                ["b"] = new() { Name = "2026", ParentCreationId = "a" },
                ["a"] = new() { Name = "Projects" },
                ["x"] = new() { Name = "Loop", ParentCreationId = "y" },
                ["y"] = new() { Name = "Pool", ParentCreationId = "x" },
            },
            Update = new Dictionary<long, MailboxUpdate> { [alice.Mailboxes["archive"]] = new() { ParentCreationId = "a" } },
        });
        outcome.Created["c"].ParentId.ShouldBe(outcome.Created["b"].Id);
        outcome.Created["b"].ParentId.ShouldBe(outcome.Created["a"].Id);
        outcome.NotCreated.Keys.ShouldBe(["x", "y"], ignoreOrder: true);
        (await All(alice)).Single(m => m.Role == "archive").ParentId.ShouldBe(outcome.Created["a"].Id);
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData(" Space", "name")]
    [InlineData("New\nline", "name")]
    [InlineData("Inbox", "name")]
    public async Task A_name_that_cannot_be_is_refused(string name, string property)
    {
        var alice = await _store.AddPerson();
        var outcome = await Set(alice, Make(new MailboxCreate { Name = name }));
        outcome.NotCreated["k"].Failure.ShouldBe(MailFailure.InvalidProperties);
        outcome.NotCreated["k"].Properties.ShouldBe([property]);
        outcome.NewState.ShouldBe(outcome.OldState);
    }

    [Fact]
    public async Task Names_are_compared_composed_and_roles_are_unique_and_known()
    {
        var alice = await _store.AddPerson();
        (await Set(alice, Make(new MailboxCreate { Name = "Cafe\u0301" }))).Created["k"].Name.ShouldBe("Caf\u00E9");
        (await Set(alice, Make(new MailboxCreate { Name = "Caf\u00E9" }))).NotCreated.Keys.ShouldContain("k");
        (await Set(alice, Make(new MailboxCreate { Name = "Other", Role = "sent" }))).NotCreated["k"].Properties.ShouldBe(["role"]);
        (await Set(alice, Make(new MailboxCreate { Name = "Other", Role = "snacks" }))).NotCreated["k"].Properties.ShouldBe(["role"]);
        (await Set(alice, Make(new MailboxCreate { Name = "Other", Role = "important" }))).Created["k"].Role.ShouldBe("important");
    }

    [Fact]
    public async Task A_mailbox_never_comes_below_itself_nor_too_deep()
    {
        var alice = await _store.AddPerson();
        var a = (await Set(alice, Make(new MailboxCreate { Name = "A" }))).Created["k"].Id;
        var b = (await Set(alice, Make(new MailboxCreate { Name = "B", ParentId = a }))).Created["k"].Id;
        (await Set(alice, Change(a, new MailboxUpdate { ParentId = Optional.Of<long?>(b) }))).NotUpdated[a].Properties.ShouldBe(["parentId"]);
        (await Set(alice, Change(a, new MailboxUpdate { ParentId = Optional.Of<long?>(987_654) }))).NotUpdated[a].Properties.ShouldBe(["parentId"]);
        var parent = b;
        for (var depth = 3; depth <= Mailboxes.MaxDepth; depth++) parent = (await Set(alice, Make(new MailboxCreate { Name = "D", ParentId = parent }))).Created["k"].Id;
        (await Set(alice, Make(new MailboxCreate { Name = "D", ParentId = parent }))).NotCreated.Keys.ShouldContain("k");
        (await Set(alice, Change(a, new MailboxUpdate { ParentId = Optional.Of<long?>(alice.Mailboxes["archive"]) }))).NotUpdated.Keys.ShouldContain(a);
    }

    [Fact]
    public async Task A_mailbox_with_children_or_messages_stays_unless_they_go_with_it()
    {
        var alice = await _store.AddPerson();
        var parent = (await Set(alice, Make(new MailboxCreate { Name = "Parent" }))).Created["k"].Id;
        var child = (await Set(alice, Make(new MailboxCreate { Name = "Child", ParentId = parent }))).Created["k"].Id;
        var only = await _store.Add(alice, "Only here", mailboxes: [child]);
        var both = await _store.Add(alice, "Here and there", mailboxes: [child, alice.Mailboxes["inbox"]]);
        (await Set(alice, new MailboxSet { Destroy = [parent] })).NotDestroyed[parent].Failure.ShouldBe(MailFailure.MailboxHasChild);
        (await Set(alice, new MailboxSet { Destroy = [child] })).NotDestroyed[child].Failure.ShouldBe(MailFailure.MailboxHasEmail);
        var state = await _store.State(alice, MailTypes.Mailbox);
        var outcome = await Set(alice, new MailboxSet { IfInState = state, Destroy = [parent, child], OnDestroyRemoveEmails = true });
        outcome.Destroyed.ShouldBe([child, parent]);
        outcome.OldState.ShouldBe(state);
        (await _store.Get(alice, only.Id)).ShouldBeNull();
        (await _store.Get(alice, both.Id))!.MailboxIds.ShouldBe([alice.Mailboxes["inbox"]]);
        (await _store.Mailboxes.Changes(alice.Caller, alice.Account, state, 100, fixture.Cancellation))!.Changes.Destroyed.ShouldBe([parent, child], ignoreOrder: true);
    }

    [Fact]
    public async Task The_inbox_stays_the_inbox()
    {
        var alice = await _store.AddPerson();
        var inbox = alice.Mailboxes["inbox"];
        (await Set(alice, new MailboxSet { Destroy = [inbox], OnDestroyRemoveEmails = true })).NotDestroyed[inbox].Failure.ShouldBe(MailFailure.Forbidden);
        (await Set(alice, Change(inbox, new MailboxUpdate { Role = Optional.Of<string>(null) }))).NotUpdated[inbox].Failure.ShouldBe(MailFailure.Forbidden);
    }

    [Fact]
    public async Task A_set_against_another_state_does_nothing()
    {
        var alice = await _store.AddPerson();
        var outcome = await Set(alice, Make(new MailboxCreate { Name = "New" }) with { IfInState = new(1_000_000) });
        outcome.Refused!.Failure.ShouldBe(MailFailure.StateMismatch);
        (await All(alice)).Count.ShouldBe(6);
    }

    [Fact]
    public async Task What_is_shared_with_somebody_is_theirs_at_once_moves_the_state_and_goes_with_the_mailbox()
    {
        var (alice, bob) = (await _store.AddPerson(), await _store.AddPerson("Bob"));
        var made = (await Set(alice, Make(new MailboxCreate { Name = "Shared" }))).Created.Values.Single();
        var shares = new MailboxShares(fixture.Database, new OneDirectory(bob.Account, "bob@example.org"));
        var (_, before) = await _store.Mailboxes.Get(alice.Caller, alice.Account, null, fixture.Cancellation);
        (await shares.Set(bob.Caller, alice.Account, made.Id, bob.Account, _ => Rights.Owner, fixture.Cancellation))!.Failure.ShouldBe(MailFailure.NotFound);
        (await shares.Set(alice.Caller, alice.Account, made.Id, bob.Account, _ => Rights.Reader, fixture.Cancellation)).ShouldBeNull();

        (await _store.Mailboxes.Get(bob.Caller, alice.Account, null, fixture.Cancellation)).Found.Single().MyRights.ShouldBe(Rights.Reader);
        (await shares.Get(alice.Caller, alice.Account, made.Id, fixture.Cancellation)).Shares.ShouldBe([new MailboxShare(bob.Account, "bob@example.org", Rights.Reader)]);
        (await shares.Get(bob.Caller, alice.Account, made.Id, fixture.Cancellation)).Refused!.Failure.ShouldBe(MailFailure.Forbidden);
        (await _store.Mailboxes.Changes(alice.Caller, alice.Account, before, 100, fixture.Cancellation))!.OnlyCounts.ShouldBeFalse();
        (await Set(alice, new MailboxSet { Destroy = [made.Id] })).Destroyed.ShouldBe([made.Id]);
        (await fixture.Database.Read(scope => Access.Grants(scope, alice.Account), fixture.Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rights_on_the_whole_account_stay_whatever_is_said_of_one_mailbox()
    {
        var (team, alice) = (await _store.AddPerson("Team"), await _store.AddPerson());
        var inbox = team.Mailboxes["inbox"];
        await fixture.Database.Write(scope => Access.Give(scope, new Grant(team.Account, null, alice.Account, Rights.Member)), fixture.Cancellation);
        var shares = new MailboxShares(fixture.Database, new OneDirectory(alice.Account, "alice@example.org"));
        (await shares.Whole(team.Account, alice.Account, fixture.Cancellation)).ShouldBe(Rights.Member);
        (await shares.Set(team.Caller, team.Account, inbox, alice.Account, _ => Rights.Reader, fixture.Cancellation))!.Failure.ShouldBe(MailFailure.InvalidProperties);
        (await shares.Set(team.Caller, team.Account, inbox, alice.Account, rights => rights | Rights.Manage, fixture.Cancellation)).ShouldBeNull();
        (await _store.Mailboxes.Get(alice.Caller, team.Account, [inbox], fixture.Cancellation)).Found.Single().MyRights.ShouldBe(Rights.Owner);
        (await shares.Set(team.Caller, team.Account, inbox, alice.Account, _ => Rights.Member, fixture.Cancellation)).ShouldBeNull();
        (await fixture.Database.Read(scope => Access.Grants(scope, team.Account), fixture.Cancellation)).Single().Collection.ShouldBeNull();
    }

    [Fact]
    public async Task Who_shares_one_mailbox_sees_that_one_and_may_do_what_was_granted()
    {
        var (alice, bob) = (await _store.AddPerson(), await _store.AddPerson("Bob"));
        var (shared, hidden) = (alice.Mailboxes["archive"], alice.Mailboxes["inbox"]);
        var seen = await _store.Add(alice, "Shared", mailboxes: [shared, hidden]);
        var unseen = await _store.Add(alice, "Hidden", mailboxes: [hidden]);
        (await _store.Mailboxes.Get(bob.Caller, alice.Account, null, fixture.Cancellation)).Found.ShouldBeEmpty();
        await fixture.Database.Write(scope => Access.Give(scope, new Grant(alice.Account, new CollectionRef(MailTypes.Mailbox, shared), bob.Account, Rights.Reader)), fixture.Cancellation);

        var mailbox = (await _store.Mailboxes.Get(bob.Caller, alice.Account, null, fixture.Cancellation)).Found.Single();
        mailbox.Id.ShouldBe(shared);
        mailbox.IsSubscribed.ShouldBeFalse();
        mailbox.MyRights.ShouldBe(Rights.Reader);
        var found = (await _store.Messages.Get(bob.Caller, alice.Account, [seen.Id, unseen.Id], false, fixture.Cancellation)).Found.Single();
        found.MailboxIds.ShouldBe([shared]);
        (await _store.Query.Query(bob.Caller, alice.Account, new EmailQuery { CalculateTotal = true }, fixture.Cancellation)).Ids.ShouldBe([seen.Id]);
        var outcome = await _store.Messages.Set(bob.Caller, alice.Account, new EmailSet
        {
            Update = new Dictionary<long, EmailUpdate>
            {
                [seen.Id] = new() { Keywords = new Patch<string> { Add = ["$seen"] } },
                [unseen.Id] = new() { Keywords = new Patch<string> { Add = ["$seen"] } },
            },
            Destroy = [unseen.Id],
        }, fixture.Cancellation);
        outcome.NotUpdated[seen.Id].Failure.ShouldBe(MailFailure.Forbidden);
        outcome.NotDestroyed[unseen.Id].Failure.ShouldBe(MailFailure.NotFound);
        (await Set(alice with { Caller = bob.Caller }, Change(shared, new MailboxUpdate { Name = "Mine" }))).NotUpdated[shared].Failure.ShouldBe(MailFailure.Forbidden);
        (await Set(alice with { Caller = bob.Caller }, Change(hidden, new MailboxUpdate { Name = "Mine" }))).NotUpdated[hidden].Failure.ShouldBe(MailFailure.NotFound);
        (await Set(alice with { Caller = bob.Caller }, Change(shared, new MailboxUpdate { IsSubscribed = true }))).Updated.ShouldBe([shared]);
        (await All(alice)).Single(m => m.Id == shared).IsSubscribed.ShouldBeTrue();
    }

    async Task<IReadOnlyList<Mailbox>> All(Person person) => (await _store.Mailboxes.Get(person.Caller, person.Account, null, fixture.Cancellation)).Found;

    Task<SetOutcome<Mailbox, MailError>> Set(Person person, MailboxSet set) => _store.Mailboxes.Set(person.Caller, person.Account, set, fixture.Cancellation);

    static MailboxSet Make(MailboxCreate create) => new() { Create = new Dictionary<string, MailboxCreate> { ["k"] = create } };

    static MailboxSet Change(long id, MailboxUpdate update) => new() { Update = new Dictionary<long, MailboxUpdate> { [id] = update } };
}
