namespace Bastide.Contacts.Tests.Store;

public sealed class AnniversariesOnPostgres(ContactsPostgres fixture) : AnniversariesContract(fixture), IClassFixture<ContactsPostgres>;
