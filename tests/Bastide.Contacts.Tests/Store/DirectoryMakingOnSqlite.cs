namespace Bastide.Contacts.Tests.Store;

public sealed class DirectoryMakingOnSqlite(ContactsSqlite fixture) : DirectoryMakingContract(fixture), IClassFixture<ContactsSqlite>;
