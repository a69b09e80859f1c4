namespace Bastide.Contacts.Tests.Dav;

public sealed class BothProtocolsOnSqlite(ContactsSqlite fixture) : BothProtocolsContract(fixture), IClassFixture<ContactsSqlite>;
