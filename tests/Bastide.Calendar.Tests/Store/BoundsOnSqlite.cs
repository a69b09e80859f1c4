namespace Bastide.Calendar.Tests.Store;

public sealed class BoundsOnSqlite(CalendarSqlite fixture) : BoundsContract(fixture), IClassFixture<CalendarSqlite>;
