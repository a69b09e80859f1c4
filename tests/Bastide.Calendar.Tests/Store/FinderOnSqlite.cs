namespace Bastide.Calendar.Tests.Store;

public sealed class FinderOnSqlite(CalendarSqlite fixture) : FinderContract(fixture), IClassFixture<CalendarSqlite>;
