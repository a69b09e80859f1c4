namespace Bastide.Contacts.Tests.Store;

public sealed class AddressBooksOnPostgres(ContactsPostgres fixture) : AddressBooksContract(fixture), IClassFixture<ContactsPostgres>;
