using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Tests.Store;

/// <summary>The directory is made by whoever needs it first: several nodes, or a start with demo data, may do so at once.</summary>
public abstract class DirectoryMakingContract(DatabaseFixture fixture)
{
    static readonly Sql CountAccounts = new("SELECT COUNT(*) FROM accounts");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_make_it_at_once_make_one()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var directory = workplace.Get<OrganisationDirectory>();
        var accounts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => fixture.Database.Write(directory.Account, Cancellation), Cancellation)));
        accounts.Distinct().ShouldHaveSingleItem();
        (await fixture.Database.Read(scope => scope.Long(CountAccounts), Cancellation)).ShouldBe(1);
    }
}
