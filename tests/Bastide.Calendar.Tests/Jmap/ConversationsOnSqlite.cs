namespace Bastide.Calendar.Tests.Jmap;

public sealed class ConversationsOnSqlite(CalendarSqlite fixture) : ConversationContract(fixture), IClassFixture<CalendarSqlite>;
