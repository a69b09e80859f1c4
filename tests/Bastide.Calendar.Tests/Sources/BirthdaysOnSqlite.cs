namespace Bastide.Calendar.Tests.Sources;

public sealed class BirthdaysOnSqlite(CalendarSqlite fixture) : BirthdaysContract(fixture), IClassFixture<CalendarSqlite>;
