namespace Bastide.Contacts.Tests.Store;

public sealed class DocumentsOnPostgres(ContactsPostgres fixture) : DocumentsContract(fixture), IClassFixture<ContactsPostgres>;
