namespace Bastide.Calendar.Tests.Store;

public sealed class OccurrencesOnSqlite(CalendarSqlite fixture) : OccurrencesContract(fixture), IClassFixture<CalendarSqlite>;
