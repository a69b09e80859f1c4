using Bastide.Platform.Accounts;

namespace Bastide.Contacts.Tests.Store;

public abstract class QueriesContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CardTextField.Text, "lim", "Ana")]
    [InlineData(CardTextField.Text, "NANTES", "Ana")]
    [InlineData(CardTextField.Text, "612345678", "Ana")]
    [InlineData(CardTextField.Text, "keeper", "Zoé")]
    [InlineData(CardTextField.Name, "zoe", "Zoé")]
    [InlineData(CardTextField.Name, "ana lima", "Ana")]
    [InlineData(CardTextField.Given, "ana", "Ana")]
    [InlineData(CardTextField.Surname, "ana", "")]
    [InlineData(CardTextField.Nickname, "zozo", "Zoé")]
    [InlineData(CardTextField.Organization, "atelier", "Ana")]
    [InlineData(CardTextField.Email, "elsewhere.example", "Ana,Zoé")]
    [InlineData(CardTextField.Email, "_lsewhere", "")]
    [InlineData(CardTextField.Phone, "06 12", "Ana")]
    [InlineData(CardTextField.OnlineService, "matrix", "Zoé")]
    [InlineData(CardTextField.Address, "place royale", "Ana")]
    [InlineData(CardTextField.Address, "nantes", "Ana")]
    [InlineData(CardTextField.Note, "carnival", "Ana")]
    [InlineData(CardTextField.Note, "nantes", "")]
    public async Task A_text_is_found_in_its_field(CardTextField field, string text, string expected)
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var names = await People(workplace, alice);
        var found = await workplace.Get<CardQueries>().Query(alice.Caller, alice.Account, new CardCondition { Texts = new Dictionary<CardTextField, string> { [field] = text } }, [new CardSort(CardSortProperty.Created, true)], Cancellation);
        string.Join(',', found.Ids.Select(id => names[id])).ShouldBe(expected);
    }

    [Fact]
    public async Task Conditions_join_and_sorts_follow_one_another()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var names = await People(workplace, alice);
        async Task<string> Find(CardFilter? filter, params CardSort[] sort) =>
            string.Join(',', (await workplace.Get<CardQueries>().Query(alice.Caller, alice.Account, filter, sort, Cancellation)).Ids.Select(id => names[id]));
        (await Find(null, new CardSort(CardSortProperty.Surname, true))).ShouldBe("Zoé,Friends,Ana");
        (await Find(null, new CardSort(CardSortProperty.Given, false))).ShouldBe("Zoé,Friends,Ana");
        (await Find(null, new CardSort(CardSortProperty.Created, false))).ShouldBe("Friends,Zoé,Ana");
        (await Find(new CardCondition { Kind = "group" })).ShouldBe("Friends");
        (await Find(new CardCondition { Uid = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000001" })).ShouldBe("Ana");
        (await Find(new CardCondition { HasMember = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000001" })).ShouldBe("Friends");
        (await Find(new CardCondition { CreatedAfter = new DateTimeOffset(2026, 3, 2, 9, 1, 0, TimeSpan.Zero), CreatedBefore = new DateTimeOffset(2026, 3, 2, 9, 2, 0, TimeSpan.Zero) })).ShouldBe("Zoé");
        (await Find(new CardCondition { InAddressBook = 999_999 })).ShouldBe("");
        var (group, ana) = (new CardCondition { Kind = "group" }, new CardCondition { Texts = new Dictionary<CardTextField, string> { [CardTextField.Name] = "ana" } });
        (await Find(new CardFilterGroup("OR", [group, ana]), new CardSort(CardSortProperty.Created, true))).ShouldBe("Ana,Friends");
        (await Find(new CardFilterGroup("AND", [group, ana]))).ShouldBe("");
        (await Find(new CardFilterGroup("NOT", [group, ana]))).ShouldBe("Zoé");
    }

    [Fact]
    public async Task Only_what_the_asker_may_see_is_found()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var names = await People(workplace, alice);
        var club = await workplace.NewBook(alice, "Club");
        var inside = await workplace.Make(alice, """{"name":{"full":"Ana Club"}}""", club);
        await workplace.Give(alice, bob, Rights.Reader, club);
        foreach (var filter in (CardFilter?[])[null, new CardCondition { Texts = new Dictionary<CardTextField, string> { [CardTextField.Text] = "ana" } }, new CardCondition { InAddressBook = club }])
            (await workplace.Get<CardQueries>().Query(bob.Caller, alice.Account, filter, [], Cancellation)).Ids.ShouldBe([inside.Id]);
        (await workplace.Get<CardQueries>().Query(bob.Caller, alice.Account, new CardCondition { InAddressBook = await workplace.First(alice) }, [], Cancellation)).Ids.ShouldBeEmpty();
        names.Count.ShouldBe(3);
    }

    static async Task<Dictionary<long, string>> People(ContactsWorkplace workplace, ContactsPerson alice)
    {
        var book = await workplace.First(alice);
        var ana = await workplace.Make(alice, """
            {"uid":"urn:uuid:aaaaaaaa-0000-4000-8000-000000000001","name":{"components":[{"kind":"given","value":"Ana"},{"kind":"surname","value":"Lima"}]},"organizations":{"o":{"name":"Atelier"}},
             "emails":{"e":{"address":"ana@elsewhere.example"}},"phones":{"p":{"number":"+33 6 12 34 56 78"},"q":{"number":"06 12 34 56 78"}},
             "addresses":{"a":{"components":[{"kind":"name","value":"place Royale"},{"kind":"locality","value":"Nantes"}]}},"notes":{"n":{"note":"Met at the carnival."}}}
            """, book);
        workplace.Time.Advance(TimeSpan.FromMinutes(1));
        var zoe = await workplace.Make(alice, """
            {"name":{"components":[{"kind":"given","value":"Zoé"},{"kind":"surname","value":"Émile"}]},"nicknames":{"n":{"name":"Zozo"}},"titles":{"t":{"name":"Keeper of the tower"}},
             "emails":{"e":{"address":"zoe@elsewhere.example"}},"onlineServices":{"m":{"service":"Matrix","user":"@zoe:elsewhere.example"}}}
            """, book);
        workplace.Time.Advance(TimeSpan.FromMinutes(1));
        var friends = await workplace.Make(alice, """{"kind":"group","name":{"full":"Friends"},"members":{"urn:uuid:aaaaaaaa-0000-4000-8000-000000000001":true}}""", book);
        return new Dictionary<long, string> { [ana.Id] = "Ana", [zoe.Id] = "Zoé", [friends.Id] = "Friends" };
    }
}
