using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

public sealed class SubmissionOnSqlite(SmtpSqlite fixture) : SubmissionContract(fixture), IClassFixture<SmtpSqlite>;
