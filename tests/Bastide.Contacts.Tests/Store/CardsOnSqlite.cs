namespace Bastide.Contacts.Tests.Store;

public sealed class CardsOnSqlite(ContactsSqlite fixture) : CardsContract(fixture), IClassFixture<ContactsSqlite>;
