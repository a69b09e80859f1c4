namespace Bastide.Contacts.Tests.Dav;

public sealed class TranscriptsOnSqlite(ContactsSqlite fixture) : TranscriptContract(fixture), IClassFixture<ContactsSqlite>;
