using System.Text;
using Bastide.Contacts.Store;
using Bastide.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Contacts.Tests.Store;

public abstract class DirectoryContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_stands_in_the_directory_which_everybody_reads_and_nobody_writes()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var team = await workplace.AddTeam("crew", alice);
        var directory = await Directory();
        var book = (await workplace.Books.Get(alice.Caller, directory, null, Cancellation)).Found.ShouldHaveSingleItem();
        (book.Name, book.MyRights, book.IsSubscribed).ShouldBe((OrganisationDirectory.Name, Rights.Reader, true));
        var cards = (await workplace.Cards.Get(alice.Caller, directory, null, 1000, Cancellation)).Found;
        var card = cards.Single(one => Email(one) == bob.Address);
        (card.Card["kind"]?.ToString(), card.Card["name"]!["full"]!.ToString()).ShouldBe(("individual", "Bob"));
        cards.Single(one => Email(one) == team.Address).Card["kind"]!.ToString().ShouldBe("group");
        (await workplace.Cards.Set(alice.Caller, directory, new CardSet { Destroy = [card.Id] }, Cancellation)).NotDestroyed[card.Id].Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Documents.Put(alice.Caller, directory, book.Id, "x.vcf", VCards.Of("x", "X"), null, Cancellation)).Refused!.Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Books.Set(alice.Caller, directory, new AddressBookSet { Update = new Dictionary<long, AddressBookUpdate> { [book.Id] = new() { IsSubscribed = false } } }, Cancellation)).NotUpdated.ShouldBeEmpty();
        (await workplace.Books.Get(alice.Caller, directory, null, Cancellation)).Found[0].IsSubscribed.ShouldBeFalse();
        (await workplace.Books.Get(bob.Caller, directory, null, Cancellation)).Found[0].IsSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task It_follows_who_is_called_otherwise_disabled_and_gone_and_changes_nothing_else()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob, chloe) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"));
        var directory = await Directory();
        await workplace.FollowDirectory();
        var state = await State(directory);
        await workplace.FollowDirectory();
        (await State(directory)).ShouldBe(state);

        (await workplace.Get<People>().Update(bob.Address, "Robert Roy", null, false, Actor.Operator, Cancellation)).ShouldBeNull();
        (await workplace.Get<People>().Disable(chloe.Address, Actor.Operator, Cancellation)).ShouldBeNull();
        await workplace.FollowDirectory();
        var cards = (await workplace.Cards.Get(alice.Caller, directory, null, 1000, Cancellation)).Found;
        cards.Single(one => Email(one) == bob.Address).Card["name"]!["full"]!.ToString().ShouldBe("Robert Roy");
        cards.ShouldNotContain(one => Email(one) == chloe.Address);
        (await workplace.Get<People>().Enable(chloe.Address, Actor.Operator, Cancellation)).ShouldBeNull();
        await workplace.FollowDirectory();
        (await workplace.Cards.Get(alice.Caller, directory, null, 1000, Cancellation)).Found.ShouldContain(one => Email(one) == chloe.Address);
    }

    [Fact]
    public async Task An_account_older_than_the_contacts_gets_its_address_book_and_the_directory()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var old = await fixture.AddAccount("Old");
        var caller = DatabaseFixture.CallerOf(old);
        await workplace.FollowDirectory();
        (await workplace.Books.Get(caller, old, null, Cancellation)).Found.ShouldHaveSingleItem().Resource.ShouldBe("default");
        (await workplace.Books.Get(caller, await Directory(), null, Cancellation)).Found.ShouldHaveSingleItem();
    }

    async Task<AccountId> Directory() => (await fixture.Database.Read(DirectoryTable.Account, Cancellation)).ShouldNotBeNull();

    async Task<Platform.Changes.Sequence> State(AccountId account) => await fixture.Database.Read(scope => AccountTable.State(scope, account, ContactTypes.ContactCard), Cancellation);

    static string? Email(ContactCard card) => card.Card["emails"]!.AsObject().First().Value!["address"]!.ToString();
}
