namespace Bastide.Contacts.Tests.Import;

public sealed class ImportOnSqlite(ContactsSqlite fixture) : ImportContract(fixture), IClassFixture<ContactsSqlite>;
