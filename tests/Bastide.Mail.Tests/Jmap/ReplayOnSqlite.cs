namespace Bastide.Mail.Tests.Jmap;

public sealed class ReplayOnSqlite(JmapSqlite fixture) : ReplayContract(fixture), IClassFixture<JmapSqlite>;
