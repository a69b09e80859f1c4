namespace Bastide.Contacts.Tests.Import;

public sealed class ImportOnPostgres(ContactsPostgres fixture) : ImportContract(fixture), IClassFixture<ContactsPostgres>;
