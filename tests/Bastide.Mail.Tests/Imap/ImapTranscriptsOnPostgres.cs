using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

public sealed class ImapTranscriptsOnPostgres(SmtpPostgres fixture) : ImapTranscriptContract(fixture), IClassFixture<SmtpPostgres>;
