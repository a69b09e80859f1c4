namespace Bastide.Calendar.Tests.Store;

public sealed class PersonalOnPostgres(CalendarPostgres fixture) : PersonalContract(fixture), IClassFixture<CalendarPostgres>;
