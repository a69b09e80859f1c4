namespace Bastide.Calendar.Tests.Store;

public sealed class OccurrencesOnPostgres(CalendarPostgres fixture) : OccurrencesContract(fixture), IClassFixture<CalendarPostgres>;
