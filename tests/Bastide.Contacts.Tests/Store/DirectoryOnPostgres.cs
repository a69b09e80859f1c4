namespace Bastide.Contacts.Tests.Store;

public sealed class DirectoryOnPostgres(ContactsPostgres fixture) : DirectoryContract(fixture), IClassFixture<ContactsPostgres>;
