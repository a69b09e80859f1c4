using Bastide.Mail.Delivery;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Smtp;

public sealed class SmtpPostgres() : PostgresFixture(typeof(Submissions).Assembly);
