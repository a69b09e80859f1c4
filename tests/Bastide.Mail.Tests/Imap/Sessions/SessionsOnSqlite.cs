using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Imap.Sessions;

public sealed class SessionsOnSqlite(SmtpSqlite fixture) : SessionsContract(fixture), IClassFixture<SmtpSqlite>;
