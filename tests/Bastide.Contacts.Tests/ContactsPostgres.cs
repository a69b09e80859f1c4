using Bastide.Identity;

namespace Bastide.Contacts.Tests;

public sealed class ContactsPostgres() : PostgresFixture(typeof(ContactsModule).Assembly, typeof(IdentityModule).Assembly);
