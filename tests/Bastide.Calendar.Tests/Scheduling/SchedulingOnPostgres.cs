namespace Bastide.Calendar.Tests.Scheduling;

public sealed class SchedulingOnPostgres(CalendarPostgres fixture) : SchedulingContract(fixture), IClassFixture<CalendarPostgres>;
