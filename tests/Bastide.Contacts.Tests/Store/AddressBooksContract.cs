using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Contacts.Tests.Store;

public abstract class AddressBooksContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everyone_begins_with_an_address_book_that_is_the_default_and_theirs()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = (await workplace.Books.Get(alice.Caller, alice.Account, null, Cancellation)).Found.ShouldHaveSingleItem();
        (book.Name, book.Resource, book.IsDefault, book.IsSubscribed, book.MyRights, book.ShareWith).ShouldBe(("Contacts", "default", true, true, Rights.Owner, null));
        (await workplace.Books.Find(alice.Caller, alice.Account, "default", Cancellation))!.Id.ShouldBe(book.Id);
        (await workplace.Books.Find(alice.Caller, alice.Account, "other", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_made_changed_and_destroyed_is_told_since_any_state()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (_, start) = await workplace.Books.Get(alice.Caller, alice.Account, null, Cancellation);
        var made = await workplace.Set(alice, new AddressBookSet { Create = New("Club", new AddressBookCreate { Name = "Club", Description = "Who rows", SortOrder = 3 }) });
        var id = made.Created["new"].Id;
        (await Changes(workplace, alice, start)).Created.ShouldBe([id]);
        (await workplace.Set(alice, new AddressBookSet { Update = Change(id, new AddressBookUpdate { Name = "Rowers" }) })).NotUpdated.ShouldBeEmpty();
        (await Changes(workplace, alice, made.NewState)).Updated.ShouldBe([id]);
        var after = (await workplace.Books.Get(alice.Caller, alice.Account, [id], Cancellation)).Found[0];
        (after.Name, after.Description, after.SortOrder).ShouldBe(("Rowers", "Who rows", 3));
        var (_, renamed) = await workplace.Books.Get(alice.Caller, alice.Account, null, Cancellation);
        (await workplace.Set(alice, new AddressBookSet { Destroy = [id] })).Destroyed.ShouldBe([id]);
        (await Changes(workplace, alice, renamed)).Destroyed.ShouldBe([id]);
        (await Changes(workplace, alice, start)).ShouldSatisfyAllConditions(changes => changes.Created.ShouldBeEmpty(), changes => changes.Destroyed.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_set_against_another_state_changes_nothing()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (_, state) = await workplace.Books.Get(alice.Caller, alice.Account, null, Cancellation);
        await workplace.NewBook(alice, "One");
        (await workplace.Set(alice, new AddressBookSet { IfInState = state, Create = New("Two") })).Refused!.Failure.ShouldBe(ContactFailure.StateMismatch);
        (await workplace.Set(alice, new AddressBookSet { IfInState = state, Destroy = [await workplace.First(alice)], OnDestroyRemoveContents = true })).Refused!.Failure.ShouldBe(ContactFailure.StateMismatch);
        (await workplace.Books.Get(alice.Caller, alice.Account, null, Cancellation)).Found.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_address_book_that_holds_cards_goes_only_with_them_and_those_that_are_elsewhere_too_stay()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (first, id) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        for (var i = 0; i < 3; i++) await workplace.Keep(alice, id, $"{i}.vcf", VCards.Of($"row-{i}", $"Rower {i}"));
        var both = await workplace.Make(alice, """{"name":{"full":"Both"}}""", first, id);
        (await workplace.Set(alice, new AddressBookSet { Destroy = [id] })).NotDestroyed[id].Failure.ShouldBe(ContactFailure.HasContents);
        (await workplace.Set(alice, new AddressBookSet { Destroy = [id], OnDestroyRemoveContents = true })).Destroyed.ShouldBe([id]);
        var (left, _) = await workplace.Cards.Get(alice.Caller, alice.Account, null, 100, Cancellation);
        left.ShouldHaveSingleItem().Id.ShouldBe(both.Id);
        left[0].AddressBookIds.ShouldBe([first]);
        (await Used(alice)).ShouldBe((left[0].Size, 1));
    }

    [Fact]
    public async Task Another_address_book_becomes_the_default_and_the_default_one_cannot_go()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var first = await workplace.First(alice);
        (await workplace.Set(alice, new AddressBookSet { Destroy = [first] })).NotDestroyed[first].Failure.ShouldBe(ContactFailure.Forbidden);
        var made = await workplace.Set(alice, new AddressBookSet { Create = New("Work"), OnSuccessSetIsDefaultCreation = "new" });
        made.Created["new"].IsDefault.ShouldBeTrue();
        made.UpdatedItems[first].IsDefault.ShouldBeFalse();
        (await workplace.First(alice)).ShouldBe(made.Created["new"].Id);
        (await workplace.Set(alice, new AddressBookSet { Destroy = [first] })).Destroyed.ShouldBe([first]);
        // What cannot be the default is passed over.
        (await workplace.Set(alice, new AddressBookSet { OnSuccessSetIsDefault = first })).Refused.ShouldBeNull();
        (await workplace.First(alice)).ShouldBe(made.Created["new"].Id);
    }

    [Fact]
    public async Task A_shared_address_book_is_there_for_whom_it_is_shared_with_and_nobody_else()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob, chloe) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"));
        var id = await workplace.NewBook(alice, "Project");
        var inside = await workplace.Make(alice, """{"name":{"full":"Inside"}}""", id);
        var outside = await workplace.Make(alice, """{"name":{"full":"Outside"}}""", await workplace.First(alice));
        var (_, before) = await workplace.Books.Get(alice.Caller, alice.Account, null, Cancellation);
        (await workplace.Set(alice, new AddressBookSet { Update = Change(id, Share(bob, Rights.Reader)) })).NotUpdated.ShouldBeEmpty();

        var seen = (await workplace.Books.Get(bob.Caller, alice.Account, null, Cancellation)).Found.ShouldHaveSingleItem();
        (seen.Id, seen.Name, seen.MyRights, seen.ShareWith, seen.IsSubscribed).ShouldBe((id, "Project", Rights.Reader, null, false));
        (await workplace.Books.Get(chloe.Caller, alice.Account, null, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Books.Get(alice.Caller, alice.Account, [id], Cancellation)).Found[0].ShareWith!.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(bob.Account, Rights.Reader));
        (await workplace.Books.Changes(bob.Caller, alice.Account, before, 100, Cancellation))!.Updated.ShouldBe([id]);
        (await workplace.Card(alice, inside.Id, bob)).ShouldNotBeNull();
        (await workplace.Card(alice, outside.Id, bob)).ShouldBeNull();
        (await workplace.Card(alice, inside.Id, chloe)).ShouldBeNull();

        // A reader says for themselves whether they want to see it, and changes nothing else.
        (await workplace.Set(alice, new AddressBookSet { Update = Change(id, new AddressBookUpdate { IsSubscribed = true }) }, bob)).NotUpdated.ShouldBeEmpty();
        (await workplace.Books.Get(bob.Caller, alice.Account, [id], Cancellation)).Found[0].IsSubscribed.ShouldBeTrue();
        (await workplace.Set(alice, new AddressBookSet { Update = Change(id, new AddressBookUpdate { Name = "Mine" }) }, bob)).NotUpdated[id].Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Set(alice, new AddressBookSet { Update = Change(id, Share(chloe, Rights.Reader)) }, bob)).NotUpdated[id].Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Set(alice, new AddressBookSet { Destroy = [id] }, bob)).NotDestroyed[id].Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Set(alice, new AddressBookSet { Destroy = [id] }, chloe)).Refused!.Failure.ShouldBe(ContactFailure.NotFound);
        (await workplace.Set(alice, new AddressBookSet { Create = New("Bob's") }, bob)).NotCreated["new"].Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Patch(alice, inside.Id, """{"name/full":"Theirs"}""", bob)).NotUpdated[inside.Id].Failure.ShouldBe(ContactFailure.Forbidden);

        var (_, state) = await workplace.Books.Get(bob.Caller, alice.Account, null, Cancellation);
        (await workplace.Set(alice, new AddressBookSet { Update = Change(id, Share(bob, Rights.None)) })).NotUpdated.ShouldBeEmpty();
        (await workplace.Books.Get(bob.Caller, alice.Account, null, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Books.Changes(bob.Caller, alice.Account, state, 100, Cancellation))!.Destroyed.ShouldBe([id]);
    }

    [Fact]
    public async Task Nothing_is_shared_with_what_is_no_person_and_no_name_is_too_long()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var id = await workplace.First(alice);
        var nobody = new Dictionary<AccountId, Rights> { [new AccountId(999_999)] = Rights.Reader };
        (await workplace.Set(alice, new AddressBookSet { Update = Change(id, new AddressBookUpdate { Shares = nobody }) })).NotUpdated[id].Properties.ShouldBe(["shareWith"]);
        (await workplace.Set(alice, new AddressBookSet { Create = New(new string('é', 128)) })).NotCreated["new"].Properties.ShouldBe(["name"]);
        (await workplace.Set(alice, new AddressBookSet { Create = New("") })).NotCreated["new"].Properties.ShouldBe(["name"]);
        (await workplace.Set(alice, new AddressBookSet { Create = New("Two", new AddressBookCreate { Name = "Two", Resource = "default" }) })).NotCreated["new"].Properties.ShouldBe(["resource"]);
        (await workplace.Set(alice, new AddressBookSet { Create = New("Two", new AddressBookCreate { Name = "Two", Resource = "a/b" }) })).NotCreated["new"].Properties.ShouldBe(["resource"]);
    }

    [Fact]
    public async Task A_team_has_an_address_book_that_its_members_write()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var team = await workplace.AddTeam("planning", alice);
        var book = (await workplace.Books.Get(alice.Caller, team.Account, null, Cancellation)).Found.ShouldHaveSingleItem();
        book.MyRights.HasFlag(Rights.Write).ShouldBeTrue();
        (await workplace.Books.Get(bob.Caller, team.Account, null, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Put(team, book.Id, "one.vcf", VCards.Of("one", "One"), by: alice)).Refused.ShouldBeNull();
        (await workplace.Put(team, book.Id, "two.vcf", VCards.Of("two", "Two"), by: bob)).Refused!.Failure.ShouldBe(ContactFailure.NotFound);
    }

    static Dictionary<string, AddressBookCreate> New(string name, AddressBookCreate? create = null) => new() { ["new"] = create ?? new AddressBookCreate { Name = name } };

    static Dictionary<long, AddressBookUpdate> Change(long id, AddressBookUpdate update) => new() { [id] = update };

    static AddressBookUpdate Share(ContactsPerson with, Rights rights) => new() { Shares = new Dictionary<AccountId, Rights> { [with.Account] = rights } };

    static async Task<ItemChanges> Changes(ContactsWorkplace workplace, ContactsPerson person, Sequence since) => (await workplace.Books.Changes(person.Caller, person.Account, since, 100, Cancellation))!;

    async Task<(long Octets, long Items)> Used(ContactsPerson person) => await fixture.Database.Read(async scope =>
    {
        var usage = (await AccountTable.Usage(scope, person.Account)).SingleOrDefault(one => one.Type == ContactTypes.ContactCard);
        return (usage.Octets, usage.Items);
    }, Cancellation);
}
