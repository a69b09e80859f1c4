namespace Bastide.Calendar.Tests.Sources;

public sealed class SourcesOnPostgres(CalendarPostgres fixture) : SourcesContract(fixture), IClassFixture<CalendarPostgres>;
