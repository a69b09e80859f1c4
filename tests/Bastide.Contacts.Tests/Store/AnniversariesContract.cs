using Bastide.Abstractions.Contacts;
using Bastide.Platform.Accounts;

namespace Bastide.Contacts.Tests.Store;

public abstract class AnniversariesContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_days_of_the_people_one_may_see_come_in_the_order_of_the_year()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var (first, club) = (await workplace.First(alice), await workplace.NewBook(alice, "Club"));
        await workplace.Keep(alice, first, "ana.vcf", VCards.Of("ana", "Ana", "BDAY:19800229\nANNIVERSARY:20100115"));
        await workplace.Keep(alice, club, "bo.vcf", VCards.Of("bo", "Bo", "BDAY:--0401"));
        await workplace.Keep(alice, club, "cy.vcf", VCards.Of("cy", "Cy", "BDAY;VALUE=text:in spring"));
        await workplace.Give(alice, bob, Rights.Reader, club);
        var anniversaries = workplace.Get<IAnniversaries>();
        var (days, state) = await anniversaries.Of(alice.Caller, alice.Account, Cancellation);
        days.Select(day => (day.Uid, day.Name, day.Kind, day.Year, day.Month, day.Day)).ShouldBe([("ana", "Ana", "wedding", 2010, 1, 15), ("ana", "Ana", "birth", 1980, 2, 29), ("bo", "Bo", "birth", (int?)null, 4, 1)]);
        days.Select(day => (day.Uid, day.Key)).Distinct().Count().ShouldBe(3);
        (await anniversaries.Of(bob.Caller, alice.Account, Cancellation)).Days.ShouldHaveSingleItem().Uid.ShouldBe("bo");
        await workplace.Documents.Delete(alice.Caller, alice.Account, first, "ana.vcf", null, Cancellation);
        var (after, later) = await anniversaries.Of(alice.Caller, alice.Account, Cancellation);
        after.ShouldHaveSingleItem();
        later.ShouldBeGreaterThan(state);
    }
}
