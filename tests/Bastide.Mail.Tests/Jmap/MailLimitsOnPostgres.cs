namespace Bastide.Mail.Tests.Jmap;

public sealed class MailLimitsOnPostgres(JmapPostgres fixture) : MailLimitsContract(fixture), IClassFixture<JmapPostgres>;
