namespace Bastide.Contacts.Tests.Store;

public sealed class AddressBooksOnSqlite(ContactsSqlite fixture) : AddressBooksContract(fixture), IClassFixture<ContactsSqlite>;
