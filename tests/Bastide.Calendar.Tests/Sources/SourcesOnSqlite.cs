namespace Bastide.Calendar.Tests.Sources;

public sealed class SourcesOnSqlite(CalendarSqlite fixture) : SourcesContract(fixture), IClassFixture<CalendarSqlite>;
