namespace Bastide.Calendar.Tests.Links;

public sealed class LinksOnSqlite(CalendarSqlite fixture) : LinksContract(fixture), IClassFixture<CalendarSqlite>;
