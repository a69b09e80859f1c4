namespace Bastide.Contacts.Tests.Dav;

public sealed class TranscriptsOnPostgres(ContactsPostgres fixture) : TranscriptContract(fixture), IClassFixture<ContactsPostgres>;
