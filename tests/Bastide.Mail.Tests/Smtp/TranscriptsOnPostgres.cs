using Xunit;

namespace Bastide.Mail.Tests.Smtp;

public sealed class TranscriptsOnPostgres(SmtpPostgres fixture) : TranscriptContract(fixture), IClassFixture<SmtpPostgres>;
