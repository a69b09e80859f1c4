using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bastide.Calendar.Tests.Store;

/// <summary>A workplace that had people before it had calendars.</summary>
public sealed class OlderAccountsTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task People_and_teams_that_were_there_before_have_the_calendar_everyone_begins_with(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var person = await database.AddAccount();
        var team = await database.AddAccount("Team", AccountKind.Team);
        var program = await database.AddAccount("Program", AccountKind.System);
        await Migrator.Run(database.Database, [typeof(CalendarModule).Assembly], NullLogger.Instance, CancellationToken.None);
        foreach (var account in new[] { person, team })
        {
            var calendar = (await database.Database.Read(scope => CalendarTable.All(scope, account), CancellationToken.None)).ShouldHaveSingleItem();
            (calendar.Resource, calendar.Name, calendar.Kinds, calendar.IsDefault).ShouldBe(("default", "Calendar", CalendarKinds.All, true));
        }

        (await database.Database.Read(scope => CalendarTable.All(scope, program), CancellationToken.None)).ShouldBeEmpty();
    }
}
