using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Contacts.Tests.Store;

public abstract class CardsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_is_read_as_it_was_made_with_a_uid_and_times_and_told_since_any_state()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var (_, start) = await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation);
        var made = await workplace.Make(alice, """{"name":{"full":"Ana Lima"},"emails":{"e1":{"address":"ana@elsewhere.example"}}}""", book);
        var card = (await workplace.Card(alice, made.Id)).ShouldNotBeNull();
        card.Uid.ShouldStartWith("urn:uuid:");
        card.AddressBookIds.ShouldBe([book]);
        card.Card["emails"]!.ToJsonString().ShouldBe("""{"e1":{"address":"ana@elsewhere.example"}}""");
        card.Card["created"]!.ToString().ShouldBe("2026-03-02T09:00:00Z");
        var (_, state) = await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation);
        (await Changes(workplace, alice, start)).Created.ShouldBe([made.Id]);

        workplace.Time.Advance(TimeSpan.FromHours(1));
        (await workplace.Patch(alice, made.Id, """{"emails/e1/address":"lima@elsewhere.example","notes":{"n":{"note":"Met in Nantes."}}}""")).NotUpdated.ShouldBeEmpty();
        card = (await workplace.Card(alice, made.Id)).ShouldNotBeNull();
        card.Card["emails"]!.ToJsonString().ShouldBe("""{"e1":{"address":"lima@elsewhere.example"}}""");
        (card.Card["created"]!.ToString(), card.Card["updated"]!.ToString()).ShouldBe(("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"));
        (await Changes(workplace, alice, state)).Updated.ShouldBe([made.Id]);

        (await workplace.Set(alice, new CardSet { Destroy = [made.Id] })).Destroyed.ShouldBe([made.Id]);
        (await Changes(workplace, alice, state)).Destroyed.ShouldBe([made.Id]);
        (await workplace.Card(alice, made.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task A_uid_is_once_in_an_account_and_free_again_when_its_card_is_gone()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var made = await workplace.Make(alice, """{"uid":"urn:uuid:11111111-1111-4111-8111-111111111111","name":{"full":"One"}}""", book);
        var again = await workplace.Set(alice, new CardSet { Create = new Dictionary<string, CardCreate> { ["x"] = new(new JsonObject { ["uid"] = made.Uid, ["name"] = new JsonObject { ["full"] = "Two" } }, [book]) } });
        (again.NotCreated["x"].Failure, again.NotCreated["x"].ExistingId).ShouldBe((ContactFailure.AlreadyExists, made.Id));
        (await workplace.Set(alice, new CardSet { Destroy = [made.Id] })).Destroyed.ShouldBe([made.Id]);
        var back = await workplace.Make(alice, $$$"""{"uid":"{{{made.Uid}}}","name":{"full":"Two"}}""", book);
        (back.Id, back.Uid).ShouldBe((back.Id == made.Id ? -1 : back.Id, made.Uid));
        (await workplace.Patch(alice, back.Id, """{"uid":"urn:uuid:22222222-2222-4222-8222-222222222222"}""")).NotUpdated[back.Id].Properties.ShouldBe(["uid"]);
    }

    [Fact]
    public async Task One_set_destroys_changes_and_makes()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var (one, two) = (await workplace.Make(alice, """{"name":{"full":"One"}}""", book), await workplace.Make(alice, """{"name":{"full":"Two"}}""", book));
        var outcome = await workplace.Set(alice, new CardSet
        {
            Create = new Dictionary<string, CardCreate> { ["three"] = new(new JsonObject { ["name"] = new JsonObject { ["full"] = "Three" } }, [book]) },
            Update = new Dictionary<long, CardUpdate> { [one.Id] = new() { Patch = new JsonObject { ["name/full"] = "Uno" } }, [two.Id] = new() { Patch = new JsonObject { ["name/full"] = "Due" } } },
            Destroy = [two.Id, 999_999],
        });
        outcome.Created.Keys.ShouldBe(["three"]);
        outcome.Updated.ShouldBe([one.Id]);
        outcome.NotUpdated[two.Id].Failure.ShouldBe(ContactFailure.WillDestroy);
        outcome.Destroyed.ShouldBe([two.Id]);
        outcome.NotDestroyed[999_999].Failure.ShouldBe(ContactFailure.NotFound);
        outcome.NewState.ShouldBeGreaterThan(outcome.OldState);
        (await workplace.Set(alice, new CardSet { IfInState = outcome.OldState, Destroy = [one.Id] })).Refused!.Failure.ShouldBe(ContactFailure.StateMismatch);
    }

    [Fact]
    public async Task A_card_is_in_several_address_books_and_moves_between_those_one_may_write()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var (first, club, team) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"), await workplace.NewBook(alice, "Team"));
        var card = await workplace.Make(alice, """{"name":{"full":"Ana"}}""", first, club);
        await workplace.Give(alice, bob, Rights.Reader | Rights.Write, club);
        (await workplace.Card(alice, card.Id, bob))!.AddressBookIds.ShouldBe([club]);
        (await Move(workplace, alice, card.Id, bob, [team])).NotUpdated[card.Id].Properties.ShouldBe(["addressBookIds"]);
        await workplace.Give(alice, bob, Rights.Reader, team);
        (await Move(workplace, alice, card.Id, bob, [club, team])).NotUpdated[card.Id].Failure.ShouldBe(ContactFailure.Forbidden);
        await workplace.Give(alice, bob, Rights.Reader | Rights.Write, team);
        (await Move(workplace, alice, card.Id, bob, [team])).NotUpdated[card.Id].Failure.ShouldBe(ContactFailure.Forbidden);
        await workplace.Give(alice, bob, Rights.Reader | Rights.Write | Rights.Delete, club);
        (await Move(workplace, alice, card.Id, bob, [team])).NotUpdated.ShouldBeEmpty();
        // What bob does not see stays as it was.
        (await workplace.Card(alice, card.Id))!.AddressBookIds.Order().ShouldBe([first, team]);
        (await Move(workplace, alice, card.Id, alice, [])).NotUpdated[card.Id].Properties.ShouldBe(["addressBookIds"]);
        (await workplace.Set(alice, new CardSet { Destroy = [card.Id] }, bob)).NotDestroyed[card.Id].Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Set(alice, new CardSet { Destroy = [card.Id] })).Destroyed.ShouldBe([card.Id]);
    }

    [Fact]
    public async Task What_leaves_a_shared_address_book_is_gone_for_whoever_sees_that_one_alone()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var (first, club) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        await workplace.Give(alice, bob, Rights.Reader, club);
        var card = await workplace.Make(alice, """{"name":{"full":"Ana"}}""", club);
        var (_, state) = await workplace.Cards.Get(bob.Caller, alice.Account, null, 10, Cancellation);
        (await Move(workplace, alice, card.Id, alice, [first])).NotUpdated.ShouldBeEmpty();
        (await workplace.Cards.Changes(bob.Caller, alice.Account, state, 100, Cancellation))!.Destroyed.ShouldBe([card.Id]);
        (await workplace.Cards.Changes(alice.Caller, alice.Account, state, 100, Cancellation))!.Updated.ShouldBe([card.Id]);
    }

    [Fact]
    public async Task What_does_not_fit_into_the_account_is_refused_and_room_comes_back_with_what_goes()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var card = await workplace.Make(alice, """{"name":{"full":"Ana"},"notes":{"n":{"note":"x"}}}""", book);
        await workplace.SetQuota(alice, 2000);
        var patch = new JsonObject { ["notes/n/note"] = new string('x', 3000) }.ToJsonString();
        (await workplace.Patch(alice, card.Id, patch)).NotUpdated[card.Id].Failure.ShouldBe(ContactFailure.OverQuota);
        (await workplace.Put(alice, book, "big.vcf", VCards.Of("big", "Big", "NOTE:" + new string('x', 3000)))).Refused!.Failure.ShouldBe(ContactFailure.OverQuota);
        await workplace.Set(alice, new CardSet { Destroy = [card.Id] });
        await workplace.Keep(alice, book, "fits.vcf", VCards.Of("fits", "Fits", "NOTE:" + new string('x', 1500)));
    }

    [Fact]
    public async Task Two_who_change_one_card_at_once_lose_nothing_of_each_other()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var card = await workplace.Make(alice, """{"name":{"full":"Ana"},"keywords":{"k":true}}""", await workplace.First(alice));
        var sets = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => workplace.Patch(alice, card.Id, $$"""{"keywords/k{{i}}":true}""")));
        sets.ShouldAllBe(set => set.NotUpdated.Count == 0);
        (await workplace.Card(alice, card.Id))!.Card["keywords"]!.AsObject().Select(keyword => keyword.Key).Order().ShouldBe(["k", "k0", "k1", "k2", "k3"]);
    }

    [Fact]
    public async Task A_credential_of_another_scope_sees_no_contacts()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var card = await workplace.Make(alice, """{"name":{"full":"Ana"}}""", await workplace.First(alice));
        var narrow = alice.Caller with { Scopes = System.Collections.Frozen.FrozenSet.Create("mail") };
        (await workplace.Cards.Get(narrow, alice.Account, [card.Id], 10, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Books.Get(narrow, alice.Account, null, Cancellation)).Found.ShouldBeEmpty();
        (await workplace.Cards.VCard(narrow, alice.Account, card.Id, Cancellation)).ShouldBeNull();
        Encoding.UTF8.GetString((await workplace.Cards.VCard(alice.Caller, alice.Account, card.Id, Cancellation))!).ShouldContain("FN:Ana");
    }

    static Task<Protocols.Jmap.SetOutcome<ContactCard, ContactError>> Move(ContactsWorkplace workplace, ContactsPerson owner, long card, ContactsPerson by, long[] books) =>
        workplace.Set(owner, new CardSet { Update = new Dictionary<long, CardUpdate> { [card] = new() { AddressBookIds = new Protocols.Jmap.Patch<long> { Replace = books } } } }, by);

    static async Task<ItemChanges> Changes(ContactsWorkplace workplace, ContactsPerson person, Sequence since) => (await workplace.Cards.Changes(person.Caller, person.Account, since, 100, Cancellation))!;
}
