namespace Bastide.Contacts.Tests.Jmap;

public sealed class ConversationsOnSqlite(ContactsSqlite fixture) : ConversationContract(fixture), IClassFixture<ContactsSqlite>;
