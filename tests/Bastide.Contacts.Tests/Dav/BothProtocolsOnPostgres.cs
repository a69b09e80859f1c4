namespace Bastide.Contacts.Tests.Dav;

public sealed class BothProtocolsOnPostgres(ContactsPostgres fixture) : BothProtocolsContract(fixture), IClassFixture<ContactsPostgres>;
