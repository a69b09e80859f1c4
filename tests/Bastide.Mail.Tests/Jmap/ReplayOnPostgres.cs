namespace Bastide.Mail.Tests.Jmap;

public sealed class ReplayOnPostgres(JmapPostgres fixture) : ReplayContract(fixture), IClassFixture<JmapPostgres>;
