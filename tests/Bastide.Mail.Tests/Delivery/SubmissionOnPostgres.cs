using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

public sealed class SubmissionOnPostgres(SmtpPostgres fixture) : SubmissionContract(fixture), IClassFixture<SmtpPostgres>;
