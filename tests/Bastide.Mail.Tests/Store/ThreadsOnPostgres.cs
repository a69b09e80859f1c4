using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class ThreadsOnPostgres(MailPostgres fixture) : ThreadsContract(fixture), IClassFixture<MailPostgres>;
