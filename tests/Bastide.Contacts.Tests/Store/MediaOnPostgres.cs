namespace Bastide.Contacts.Tests.Store;

public sealed class MediaOnPostgres(ContactsPostgres fixture) : MediaContract(fixture), IClassFixture<ContactsPostgres>;
