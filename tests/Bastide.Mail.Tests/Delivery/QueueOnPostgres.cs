using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

public sealed class QueueOnPostgres(SmtpPostgres fixture) : QueueContract(fixture), IClassFixture<SmtpPostgres>;
