namespace Bastide.Contacts.Tests.Store;

public sealed class MediaOnSqlite(ContactsSqlite fixture) : MediaContract(fixture), IClassFixture<ContactsSqlite>;
