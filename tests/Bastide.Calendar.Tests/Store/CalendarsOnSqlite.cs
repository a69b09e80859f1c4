namespace Bastide.Calendar.Tests.Store;

public sealed class CalendarsOnSqlite(CalendarSqlite fixture) : CalendarsContract(fixture), IClassFixture<CalendarSqlite>;
