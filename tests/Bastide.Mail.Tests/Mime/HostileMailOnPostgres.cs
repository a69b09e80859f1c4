using Bastide.Mail.Tests.Jmap;

namespace Bastide.Mail.Tests.Mime;

public sealed class HostileMailOnPostgres(JmapPostgres fixture) : HostileMailContract(fixture), IClassFixture<JmapPostgres>;
