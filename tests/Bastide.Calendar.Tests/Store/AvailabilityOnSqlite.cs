namespace Bastide.Calendar.Tests.Store;

public sealed class AvailabilityOnSqlite(CalendarSqlite fixture) : AvailabilityContract(fixture), IClassFixture<CalendarSqlite>;
