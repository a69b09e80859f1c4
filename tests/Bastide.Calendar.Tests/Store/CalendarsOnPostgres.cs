namespace Bastide.Calendar.Tests.Store;

public sealed class CalendarsOnPostgres(CalendarPostgres fixture) : CalendarsContract(fixture), IClassFixture<CalendarPostgres>;
