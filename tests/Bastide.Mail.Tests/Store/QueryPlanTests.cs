using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Store;

public sealed class QueryPlanTests
{
    // Read once, before the first change, into the memory that answers from then on.
    const string AtStart = "SqliteDatabase.SelectSequences";

    // Reads an index that holds nothing but what it asks for.
    const string OfTheDead = "JobQueue.SelectDead";

    [Fact]
    public async Task No_statement_reads_a_whole_table_or_walks_an_account_for_rows_it_was_given()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite, typeof(MailModule).Assembly);
        (await QueryPlans.Slow(database, [typeof(Database).Assembly, typeof(MailModule).Assembly], AtStart, OfTheDead)).ShouldBeEmpty();
    }
}
