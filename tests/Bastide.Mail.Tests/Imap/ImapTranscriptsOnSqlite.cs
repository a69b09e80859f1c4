using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

public sealed class ImapTranscriptsOnSqlite(SmtpSqlite fixture) : ImapTranscriptContract(fixture), IClassFixture<SmtpSqlite>;
