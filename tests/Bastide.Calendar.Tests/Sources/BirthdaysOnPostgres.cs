namespace Bastide.Calendar.Tests.Sources;

public sealed class BirthdaysOnPostgres(CalendarPostgres fixture) : BirthdaysContract(fixture), IClassFixture<CalendarPostgres>;
