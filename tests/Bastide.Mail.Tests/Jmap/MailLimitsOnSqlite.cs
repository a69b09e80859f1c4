namespace Bastide.Mail.Tests.Jmap;

public sealed class MailLimitsOnSqlite(JmapSqlite fixture) : MailLimitsContract(fixture), IClassFixture<JmapSqlite>;
