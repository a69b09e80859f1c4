namespace Bastide.Calendar.Tests.Import;

public sealed class CorpusOnPostgres(CalendarPostgres fixture) : CorpusContract(fixture), IClassFixture<CalendarPostgres>;
