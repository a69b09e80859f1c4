namespace Bastide.Contacts.Tests.Store;

public sealed class RecipientsOnSqlite(ContactsSqlite fixture) : RecipientsContract(fixture), IClassFixture<ContactsSqlite>;
