namespace Bastide.Calendar.Tests.Dav;

public sealed class TranscriptsOnPostgres(CalendarPostgres fixture) : TranscriptContract(fixture), IClassFixture<CalendarPostgres>;
