namespace Bastide.Contacts.Tests.Store;

public sealed class QueriesOnPostgres(ContactsPostgres fixture) : QueriesContract(fixture), IClassFixture<ContactsPostgres>;
