using Bastide.Testing;

namespace Bastide.Mail.Tests.Store;

public sealed class MailSqlite() : SqliteFixture(typeof(MailModule).Assembly);
