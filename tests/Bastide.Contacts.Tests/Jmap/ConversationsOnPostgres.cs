namespace Bastide.Contacts.Tests.Jmap;

public sealed class ConversationsOnPostgres(ContactsPostgres fixture) : ConversationContract(fixture), IClassFixture<ContactsPostgres>;
