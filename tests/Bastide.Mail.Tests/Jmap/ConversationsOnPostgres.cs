namespace Bastide.Mail.Tests.Jmap;

public sealed class ConversationsOnPostgres(JmapPostgres fixture) : ConversationContract(fixture), IClassFixture<JmapPostgres>;
