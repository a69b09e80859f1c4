using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

public sealed class QueueOnSqlite(SmtpSqlite fixture) : QueueContract(fixture), IClassFixture<SmtpSqlite>;
