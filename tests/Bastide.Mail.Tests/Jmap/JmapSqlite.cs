using Bastide.Testing;

namespace Bastide.Mail.Tests.Jmap;

public sealed class JmapSqlite() : SqliteFixture(typeof(MailModule).Assembly);
