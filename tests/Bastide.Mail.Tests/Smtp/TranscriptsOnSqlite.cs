using Xunit;

namespace Bastide.Mail.Tests.Smtp;

public sealed class TranscriptsOnSqlite(SmtpSqlite fixture) : TranscriptContract(fixture), IClassFixture<SmtpSqlite>;
