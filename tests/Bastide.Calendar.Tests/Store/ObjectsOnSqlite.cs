namespace Bastide.Calendar.Tests.Store;

public sealed class ObjectsOnSqlite(CalendarSqlite fixture) : ObjectsContract(fixture), IClassFixture<CalendarSqlite>;
