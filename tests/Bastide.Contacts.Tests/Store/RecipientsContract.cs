using Bastide.Abstractions.Mail;

namespace Bastide.Contacts.Tests.Store;

public abstract class RecipientsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_in_an_address_book_in_the_directory_or_was_written_to_is_found_each_address_once()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var marieHere = await workplace.Add("marieannick");
        await workplace.Make(alice, """{"name":{"full":"Marieannick Lima"},"emails":{"w":{"address":"marieannick.lima@elsewhere.example"},"h":{"address":"m@home.example"}}}""", await workplace.First(alice));
        await workplace.Write(alice, new SentTo("MARIEANNICK.LIMA@elsewhere.example", "M. Lima"), new SentTo("marieannick@third.example", null));
        var found = await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "marieann", 10, Cancellation);
        found.Select(one => (one.Emails[0].Email, one.Source)).ShouldBe(
        [
            ("marieannick.lima@elsewhere.example", RecipientSource.Contact), ("marieannick@third.example", RecipientSource.Correspondent),
            (marieHere.Address, RecipientSource.Directory), ("m@home.example", RecipientSource.Contact),
        ], ignoreOrder: true);
        (found[0].Name, found[0].Emails[0].Email).ShouldBe(("Marieannick Lima", "marieannick.lima@elsewhere.example"));
        (await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "lima marie", 10, Cancellation)).Count.ShouldBe(2);
        (await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "arieann", 10, Cancellation)).ShouldBeEmpty();
        (await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "  ", 10, Cancellation)).ShouldBeEmpty();
        (await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "marieann", 1, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_written_to_often_and_lately_comes_first()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        async Task<IEnumerable<string>> Order() => (await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "yves", 10, Cancellation)).Select(one => one.Emails[0].Email);
        await workplace.Write(alice, new SentTo("yves@one.example", null));
        for (var i = 0; i < 3; i++) await workplace.Write(alice, new SentTo("yves@three.example", "Yves"));
        (await Order()).ShouldBe(["yves@three.example", "yves@one.example"]);
        // In a year what was often is long ago.
        workplace.Time.Advance(TimeSpan.FromDays(365));
        await workplace.Write(alice, new SentTo("yves@one.example", null));
        (await Order()).ShouldBe(["yves@one.example", "yves@three.example"]);
    }

    [Fact]
    public async Task A_group_is_meant_with_the_addresses_of_its_members()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var ana = await workplace.Make(alice, """{"name":{"full":"Ana"},"emails":{"a":{"address":"old@ana.example"},"b":{"address":"ana@ana.example","pref":1}}}""", book);
        var bo = await workplace.Make(alice, """{"name":{"full":"Bo"}}""", book);
        await workplace.Make(alice, $$$"""{"kind":"group","name":{"full":"Quartet"},"members":{"{{{ana.Uid}}}":true,"{{{bo.Uid}}}":true,"urn:uuid:00000000-0000-4000-8000-000000000000":true}}""", book);
        var group = (await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "quar", 10, Cancellation)).ShouldHaveSingleItem();
        (group.Source, group.Name).ShouldBe((RecipientSource.Group, "Quartet"));
        group.Emails.ShouldBe([("Ana", "ana@ana.example")]);
    }

    [Fact]
    public async Task Who_writes_to_many_at_once_remembers_none_of_them()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.Write(alice, [.. Enumerable.Range(0, 60).Select(i => new SentTo($"xavier{i}@list.example", null))]);
        (await workplace.Get<Recipients>().Suggest(alice.Caller, alice.Account, "xavier", 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_others_have_is_not_told()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        await workplace.Make(alice, """{"name":{"full":"Wilfrid"},"emails":{"e":{"address":"wilfrid@elsewhere.example"}}}""", await workplace.First(alice));
        await workplace.Write(alice, new SentTo("wilfrid@other.example", null));
        (await workplace.Get<Recipients>().Suggest(bob.Caller, bob.Account, "wilfrid", 10, Cancellation)).ShouldBeEmpty();
        (await workplace.Get<Recipients>().Suggest(bob.Caller, alice.Account, "wilfrid", 10, Cancellation)).ShouldBeEmpty();
    }
}
