namespace Bastide.Contacts.Tests.Store;

public sealed class AnniversariesOnSqlite(ContactsSqlite fixture) : AnniversariesContract(fixture), IClassFixture<ContactsSqlite>;
