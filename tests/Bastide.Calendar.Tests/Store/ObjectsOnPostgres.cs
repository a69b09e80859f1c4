namespace Bastide.Calendar.Tests.Store;

public sealed class ObjectsOnPostgres(CalendarPostgres fixture) : ObjectsContract(fixture), IClassFixture<CalendarPostgres>;
