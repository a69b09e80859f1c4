namespace Bastide.Calendar.Tests.Links;

public sealed class LinksOnPostgres(CalendarPostgres fixture) : LinksContract(fixture), IClassFixture<CalendarPostgres>;
