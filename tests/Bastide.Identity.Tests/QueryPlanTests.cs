using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Identity.Tests;

public sealed class QueryPlanTests
{
    // Looks for a beginning in every name of the workplace, whatever word of it: as many as there are people.
    const string InEveryName = "AddressTable.SelectBeginning";

    [Fact]
    public async Task No_statement_reads_a_whole_table_or_walks_an_account_for_rows_it_was_given()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite, typeof(IdentityModule).Assembly);
        (await QueryPlans.Slow(database, [typeof(IdentityModule).Assembly], InEveryName)).ShouldBeEmpty();
    }
}
