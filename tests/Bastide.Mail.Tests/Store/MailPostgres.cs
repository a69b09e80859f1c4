using Bastide.Testing;

namespace Bastide.Mail.Tests.Store;

public sealed class MailPostgres() : PostgresFixture(typeof(MailModule).Assembly);
