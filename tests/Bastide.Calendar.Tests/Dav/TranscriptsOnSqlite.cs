namespace Bastide.Calendar.Tests.Dav;

public sealed class TranscriptsOnSqlite(CalendarSqlite fixture) : TranscriptContract(fixture), IClassFixture<CalendarSqlite>;
