using Bastide.Mail.Delivery;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Smtp;

public sealed class SmtpSqlite() : SqliteFixture(typeof(Submissions).Assembly);
