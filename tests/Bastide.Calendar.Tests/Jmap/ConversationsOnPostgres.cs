namespace Bastide.Calendar.Tests.Jmap;

public sealed class ConversationsOnPostgres(CalendarPostgres fixture) : ConversationContract(fixture), IClassFixture<CalendarPostgres>;
