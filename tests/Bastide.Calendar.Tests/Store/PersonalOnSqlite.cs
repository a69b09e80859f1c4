namespace Bastide.Calendar.Tests.Store;

public sealed class PersonalOnSqlite(CalendarSqlite fixture) : PersonalContract(fixture), IClassFixture<CalendarSqlite>;
