namespace Bastide.Contacts.Tests.Store;

public sealed class DirectoryMakingOnPostgres(ContactsPostgres fixture) : DirectoryMakingContract(fixture), IClassFixture<ContactsPostgres>;
