using Bastide.Testing;

namespace Bastide.Mail.Tests.Jmap;

public sealed class JmapPostgres() : PostgresFixture(typeof(MailModule).Assembly);
