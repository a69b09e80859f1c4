namespace Bastide.Contacts.Tests.Store;

public sealed class DirectoryOnSqlite(ContactsSqlite fixture) : DirectoryContract(fixture), IClassFixture<ContactsSqlite>;
