using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;

namespace Bastide.Contacts.Tests.Store;

public abstract class DocumentsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("3.0")]
    [InlineData("4.0")]
    public async Task A_vCard_is_kept_octet_for_octet_and_read_as_a_JSContact_card(string version)
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var octets = VCards.Of("ana-1", "Ana Lima", "X-FOO;X-BAR=\"a;b\":bar\nitem1.EMAIL;TYPE=work:ana@elsewhere.example\nitem1.X-ABLabel:Atelier\nNOTE:a folded\n  line", version);
        var etag = await workplace.Keep(alice, book, "Ana's card.vcf", octets);
        (await workplace.VCard(alice, book, "Ana's card.vcf")).ShouldBe(octets);
        var card = (await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation)).Found.ShouldHaveSingleItem();
        (card.Uid, card.ETag, card.Size, (string?)card.Card["name"]!["full"]).ShouldBe(("ana-1", etag, octets.Length, "Ana Lima"));
        var email = card.Card["emails"]!.AsObject().ShouldHaveSingleItem().Value!;
        ((string?)email["address"], (string?)email["label"]).ShouldBe(("ana@elsewhere.example", "Atelier"));

        // What is changed by the other protocol is written into the card, and what that has no words for stays.
        (await workplace.Patch(alice, card.Id, """{"name/full":"Ana de Lima"}""")).NotUpdated.ShouldBeEmpty();
        var after = Encoding.UTF8.GetString((await workplace.VCard(alice, book, "Ana's card.vcf"))!);
        after.ShouldContain("FN:Ana de Lima\r\n");
        after.ShouldContain("X-FOO;X-BAR=\"a;b\":bar\r\n");
    }

    [Fact]
    public async Task What_came_changed_and_went_is_told_by_name_for_each_address_book()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (first, club) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        var start = (await workplace.Books.Find(alice.Caller, alice.Account, "default", Cancellation))!.CardsSeq;
        var one = await workplace.Keep(alice, first, "one.vcf", VCards.Of("one", "One"));
        await workplace.Keep(alice, club, "two.vcf", VCards.Of("two", "Two"));
        var told = await workplace.Changed(alice, first, start);
        told.Changes.ShouldBe([new AddressBookChange("one.vcf", one, VCards.Of("one", "One").Length)]);
        told.HasMore.ShouldBeFalse();
        (await workplace.Changed(alice, first, told.Next)).Changes.ShouldBeEmpty();

        // A change made by the other protocol is told, and so is coming into the address book.
        var cards = (await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation)).Found;
        await workplace.Patch(alice, cards.Single(card => card.Uid == "one").Id, """{"name/full":"Uno"}""");
        await workplace.Set(alice, new CardSet { Update = new Dictionary<long, CardUpdate> { [cards.Single(card => card.Uid == "two").Id] = new() { AddressBookIds = new Protocols.Jmap.Patch<long> { Replace = [first], Add = [], Remove = [] } } } });
        var moved = await workplace.Changed(alice, first, told.Next);
        moved.Changes.Select(change => change.Resource).ShouldBe(["one.vcf", "two.vcf"]);
        (await workplace.Changed(alice, club, told.Next)).Changes.ShouldBe([new AddressBookChange("two.vcf", null, 0)]);

        (await workplace.Documents.Delete(alice.Caller, alice.Account, first, "one.vcf", null, Cancellation)).Refused.ShouldBeNull();
        (await workplace.Changed(alice, first, moved.Next)).Changes.ShouldBe([new AddressBookChange("one.vcf", null, 0)]);
        // Who asks for the first time is told what there is.
        (await workplace.Changed(alice, first, null)).Changes.Select(change => (change.Resource, change.ETag is null)).ShouldBe([("two.vcf", false)]);
        // What comes again under a name is not told as gone.
        await workplace.Keep(alice, first, "one.vcf", VCards.Of("one", "One again"));
        (await workplace.Changed(alice, first, moved.Next)).Changes.ShouldHaveSingleItem().ETag.ShouldNotBeNull();
    }

    [Fact]
    public async Task Changes_come_in_parts_that_together_are_all()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var since = (await workplace.Books.Find(alice.Caller, alice.Account, "default", Cancellation))!.CardsSeq;
        for (var i = 0; i < 12; i++) await workplace.Keep(alice, book, $"{i}.vcf", VCards.Of($"n-{i}", $"N {i}"));
        var names = new List<string>();
        while (true)
        {
            var (changes, next, hasMore) = await workplace.Changed(alice, book, since, limit: 5);
            names.AddRange(changes.Select(change => change.Resource));
            since = next;
            if (!hasMore) break;
        }

        names.ShouldBe(Enumerable.Range(0, 12).Select(i => $"{i}.vcf"));
        var pages = new List<string>();
        while (await workplace.Documents.List(alice.Caller, alice.Account, book, pages.LastOrDefault() ?? "", 5, Cancellation) is { Count: > 0 } page) pages.AddRange(page.Select(item => item.Resource));
        pages.ShouldBe(names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_changed_together_is_told_together()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        await workplace.Keep(alice, book, "first.vcf", VCards.Of("first", "First"));
        await workplace.Set(alice, new CardSet { Create = Enumerable.Range(0, 20).ToDictionary(i => $"c{i}", i => new CardCreate(new JsonObject { ["name"] = new JsonObject { ["full"] = $"N {i}" } }, [book])) });
        await workplace.Keep(alice, book, "last.vcf", VCards.Of("last", "Last"));
        var (one, next, hasMore) = await workplace.Changed(alice, book, null, limit: 5);
        (one.Count, hasMore).ShouldBe((21, true));
        (await workplace.Changed(alice, book, next, limit: 5)).Changes.ShouldHaveSingleItem().Resource.ShouldBe("last.vcf");
    }

    [Fact]
    public async Task A_card_is_copied_and_moved_as_the_card_it_is()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var (first, club) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        var octets = VCards.Of("one", "One", "X-FOO:bar");
        var etag = await workplace.Keep(alice, first, "one.vcf", octets);
        Task<CardPut> Transfer((long, string) from, (long, string) to, bool isMove, ContactsPerson? by = null) => workplace.Documents.Transfer((by ?? alice).Caller, alice.Account, from, to, isMove, null, Cancellation);

        // Another name in the same address book; the uid is no obstacle to a move, and one to a copy.
        (await Transfer((first, "one.vcf"), (first, "uno.vcf"), isMove: false)).ConflictsWith.ShouldBe("one.vcf");
        (await Transfer((first, "one.vcf"), (first, "uno.vcf"), isMove: true)).ShouldBe(new CardPut(etag, true));
        (await workplace.VCard(alice, first, "one.vcf")).ShouldBeNull();
        (await workplace.VCard(alice, first, "uno.vcf")).ShouldBe(octets);
        (await workplace.Changed(alice, first, null)).Changes.ShouldHaveSingleItem().Resource.ShouldBe("uno.vcf");

        (await Transfer((first, "uno.vcf"), (club, "one.vcf"), isMove: false)).IsNew.ShouldBeTrue();
        (await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation)).Found.ShouldHaveSingleItem().AddressBookIds.Order().ShouldBe([first, club]);
        (await Transfer((first, "uno.vcf"), (club, "one.vcf"), isMove: true)).IsNew.ShouldBeFalse();
        (await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation)).Found.ShouldHaveSingleItem().AddressBookIds.ShouldBe([club]);
        await workplace.Keep(alice, first, "two.vcf", VCards.Of("two", "Two"));
        (await Transfer((first, "two.vcf"), (club, "one.vcf"), isMove: true)).ConflictsWith.ShouldBe("one.vcf");

        await workplace.Give(alice, bob, Rights.Reader, club);
        (await Transfer((club, "one.vcf"), (first, "one.vcf"), isMove: true, bob)).Refused!.Failure.ShouldBe(ContactFailure.Forbidden);
        (await Transfer((first, "two.vcf"), (club, "two.vcf"), isMove: false, bob)).Refused!.Failure.ShouldBe(ContactFailure.NotFound);
    }

    [Fact]
    public async Task A_uid_stands_under_one_name_and_a_name_keeps_its_uid()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (first, club) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        await workplace.Keep(alice, first, "one.vcf", VCards.Of("one", "One"));
        (await workplace.Put(alice, first, "other.vcf", VCards.Of("one", "One"))).ConflictsWith.ShouldBe("one.vcf");
        (await workplace.Put(alice, first, "one.vcf", VCards.Of("two", "Two"))).ConflictsWith.ShouldBe("one.vcf");
        // In another address book it is the same card.
        await workplace.Keep(alice, club, "uno.vcf", VCards.Of("one", "Uno"));
        Encoding.UTF8.GetString((await workplace.VCard(alice, first, "one.vcf"))!).ShouldContain("FN:Uno");
        (await workplace.Documents.Delete(alice.Caller, alice.Account, first, "one.vcf", null, Cancellation)).Refused.ShouldBeNull();
        (await workplace.VCard(alice, first, "one.vcf")).ShouldBeNull();
        (await workplace.VCard(alice, club, "uno.vcf")).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_no_vCard_and_whose_condition_does_not_hold_is_refused()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        (await workplace.Put(alice, book, "a.vcf", "hello"u8.ToArray())).IsInvalid.ShouldBeTrue();
        (await workplace.Put(alice, book, "a.vcf", VCards.Of("a", "A", version: "2.1"))).IsInvalid.ShouldBeTrue();
        (await workplace.Put(alice, book, "a.vcf", "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n"u8.ToArray())).IsInvalid.ShouldBeTrue();
        (await workplace.Put(alice, book, "a.vcf", VCards.Of("a", "A", "NOTE:" + new string('x', ContactCards.MaxSize)))).Refused!.Failure.ShouldBe(ContactFailure.TooLarge);
        (await workplace.Put(alice, book, "a.vcf", VCards.Of("a", "A"), etag => etag is not null)).IsPreconditionFailed.ShouldBeTrue();
        var kept = await workplace.Keep(alice, book, "a.vcf", VCards.Of("a", "A"));
        (await workplace.Put(alice, book, "a.vcf", VCards.Of("a", "B"), etag => etag is null)).IsPreconditionFailed.ShouldBeTrue();
        (await workplace.Put(alice, book, "a.vcf", VCards.Of("a", "B"), etag => etag == kept)).ETag.ShouldNotBe(kept);
        (await workplace.Documents.Delete(alice.Caller, alice.Account, book, "a.vcf", etag => etag == kept, Cancellation)).IsPreconditionFailed.ShouldBeTrue();
        (await workplace.Documents.Delete(alice.Caller, alice.Account, book, "b.vcf", null, Cancellation)).Refused!.Failure.ShouldBe(ContactFailure.NotFound);
    }

    [Fact]
    public async Task Who_may_only_read_an_address_book_writes_nothing_there()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var (first, club) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        await workplace.Keep(alice, first, "secret.vcf", VCards.Of("secret", "Secret"));
        await workplace.Keep(alice, club, "one.vcf", VCards.Of("one", "One"));
        await workplace.Give(alice, bob, Rights.Reader, club);
        (await workplace.VCard(alice, club, "one.vcf", bob)).ShouldNotBeNull();
        (await workplace.VCard(alice, first, "secret.vcf", bob)).ShouldBeNull();
        (await workplace.Documents.List(bob.Caller, alice.Account, first, "", 10, Cancellation)).ShouldBeNull();
        (await workplace.Documents.Changes(bob.Caller, alice.Account, first, default, 10, Cancellation)).ShouldBeNull();
        (await workplace.Put(alice, club, "two.vcf", VCards.Of("two", "Two"), by: bob)).Refused!.Failure.ShouldBe(ContactFailure.Forbidden);
        (await workplace.Documents.Delete(bob.Caller, alice.Account, club, "one.vcf", null, Cancellation)).Refused!.Failure.ShouldBe(ContactFailure.Forbidden);
        // Who may write here does not write by its uid what is elsewhere, nor learn of it.
        await workplace.Give(alice, bob, Rights.Reader | Rights.Write, club);
        (await workplace.Put(alice, club, "taken.vcf", VCards.Of("secret", "Mine"), by: bob)).ConflictsWith.ShouldBe("taken.vcf");
    }
}
