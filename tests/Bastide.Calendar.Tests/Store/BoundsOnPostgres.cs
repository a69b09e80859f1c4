namespace Bastide.Calendar.Tests.Store;

public sealed class BoundsOnPostgres(CalendarPostgres fixture) : BoundsContract(fixture), IClassFixture<CalendarPostgres>;
