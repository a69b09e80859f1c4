namespace Bastide.Contacts.Tests.Store;

public sealed class RecipientsOnPostgres(ContactsPostgres fixture) : RecipientsContract(fixture), IClassFixture<ContactsPostgres>;
