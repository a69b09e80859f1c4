using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Imap.Sessions;

public sealed class SessionsOnPostgres(SmtpPostgres fixture) : SessionsContract(fixture), IClassFixture<SmtpPostgres>;
