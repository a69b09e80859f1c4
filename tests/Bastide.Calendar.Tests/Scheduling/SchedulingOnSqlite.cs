namespace Bastide.Calendar.Tests.Scheduling;

public sealed class SchedulingOnSqlite(CalendarSqlite fixture) : SchedulingContract(fixture), IClassFixture<CalendarSqlite>;
