namespace Bastide.Calendar.Tests.Alarms;

public sealed class AlarmsOnSqlite(CalendarSqlite fixture) : AlarmsContract(fixture), IClassFixture<CalendarSqlite>;
