namespace Bastide.Calendar.Tests.Import;

public sealed class CorpusOnSqlite(CalendarSqlite fixture) : CorpusContract(fixture), IClassFixture<CalendarSqlite>;
