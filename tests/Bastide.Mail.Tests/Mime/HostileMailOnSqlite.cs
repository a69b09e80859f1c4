using Bastide.Mail.Tests.Jmap;

namespace Bastide.Mail.Tests.Mime;

public sealed class HostileMailOnSqlite(JmapSqlite fixture) : HostileMailContract(fixture), IClassFixture<JmapSqlite>;
