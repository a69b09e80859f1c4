namespace Bastide.Calendar.Tests.Store;

public sealed class FinderOnPostgres(CalendarPostgres fixture) : FinderContract(fixture), IClassFixture<CalendarPostgres>;
