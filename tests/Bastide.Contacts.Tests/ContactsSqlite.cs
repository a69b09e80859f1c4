using Bastide.Identity;

namespace Bastide.Contacts.Tests;

public sealed class ContactsSqlite() : SqliteFixture(typeof(ContactsModule).Assembly, typeof(IdentityModule).Assembly);
