namespace Bastide.Contacts.Tests.Store;

public sealed class CardsOnPostgres(ContactsPostgres fixture) : CardsContract(fixture), IClassFixture<ContactsPostgres>;
