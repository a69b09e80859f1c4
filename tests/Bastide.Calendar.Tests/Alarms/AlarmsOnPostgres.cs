namespace Bastide.Calendar.Tests.Alarms;

public sealed class AlarmsOnPostgres(CalendarPostgres fixture) : AlarmsContract(fixture), IClassFixture<CalendarPostgres>;
