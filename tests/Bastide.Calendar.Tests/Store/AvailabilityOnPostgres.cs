namespace Bastide.Calendar.Tests.Store;

public sealed class AvailabilityOnPostgres(CalendarPostgres fixture) : AvailabilityContract(fixture), IClassFixture<CalendarPostgres>;
