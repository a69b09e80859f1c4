using Bastide.Abstractions.Contacts;

namespace Bastide.Contacts.Tests.Store;

public abstract class AnniversariesContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_days_of_the_people_one_has_in_address_books_are_told_and_not_again_until_something_moves()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var (first, club) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        await workplace.Keep(alice, first, "ana.vcf", VCards.Of("ana", "Ana", "BDAY:19800229\nANNIVERSARY:20100115"));
        await workplace.Keep(alice, club, "bo.vcf", VCards.Of("bo", "Bo", "BDAY:--0401"));
        await workplace.Keep(alice, club, "cy.vcf", VCards.Of("cy", "Cy", "BDAY;VALUE=text:in spring"));
        await workplace.Keep(alice, club, "di.vcf", VCards.Of("di", "Di", "NOTE:says \"anniversaries\""));
        var anniversaries = workplace.Get<IAnniversaries>();
        var (days, state) = (await anniversaries.Since(alice.Account, null, Cancellation)).ShouldNotBeNull();
        days.Select(day => (day.Uid, day.Name, day.Kind, day.Year, day.Month, day.Day)).ShouldBe(
            [("ana", "Ana", "birth", 1980, 2, 29), ("ana", "Ana", "wedding", 2010, 1, 15), ("bo", "Bo", "birth", (int?)null, 4, 1)], ignoreOrder: true);
        days.Select(day => (day.Uid, day.Key)).Distinct().Count().ShouldBe(3);
        (await anniversaries.Since(alice.Account, state, Cancellation)).ShouldBeNull();
        (await anniversaries.Since(bob.Account, null, Cancellation)).ShouldNotBeNull().Days.ShouldBeEmpty();
        await workplace.Documents.Delete(alice.Caller, alice.Account, first, "ana.vcf", null, Cancellation);
        var (after, later) = (await anniversaries.Since(alice.Account, state, Cancellation)).ShouldNotBeNull();
        after.ShouldHaveSingleItem();
        later.ShouldBeGreaterThan(state);
    }
}
