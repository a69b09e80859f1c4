namespace Bastide.Contacts.Tests.Store;

public sealed class QueriesOnSqlite(ContactsSqlite fixture) : QueriesContract(fixture), IClassFixture<ContactsSqlite>;
