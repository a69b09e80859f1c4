namespace Bastide.Contacts.Tests.Store;

public sealed class DocumentsOnSqlite(ContactsSqlite fixture) : DocumentsContract(fixture), IClassFixture<ContactsSqlite>;
