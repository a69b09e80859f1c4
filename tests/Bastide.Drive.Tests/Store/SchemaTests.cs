using Bastide.Identity;
using Bastide.Platform.Db;

namespace Bastide.Drive.Tests.Store;

public sealed class SchemaTests
{
    // Read once, before the first change, into the memory that answers from then on.
    const string AtStart = "SqliteDatabase.SelectSequences";

    // Reads an index that holds nothing but what it asks for.
    const string OfTheDead = "JobQueue.SelectDead";

    [Fact]
    public async Task Both_engines_have_the_same_tables() =>
        (await SchemaParity.Differences(typeof(DriveModule).Assembly, typeof(IdentityModule).Assembly)).ShouldBeEmpty();

    [Fact]
    public async Task No_statement_reads_a_whole_table_or_walks_an_account_for_rows_it_was_given()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite, typeof(DriveModule).Assembly);
        (await QueryPlans.Slow(database, [typeof(Database).Assembly, typeof(DriveModule).Assembly], AtStart, OfTheDead)).ShouldBeEmpty();
    }
}
