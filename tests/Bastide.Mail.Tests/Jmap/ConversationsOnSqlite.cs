namespace Bastide.Mail.Tests.Jmap;

public sealed class ConversationsOnSqlite(JmapSqlite fixture) : ConversationContract(fixture), IClassFixture<JmapSqlite>;
