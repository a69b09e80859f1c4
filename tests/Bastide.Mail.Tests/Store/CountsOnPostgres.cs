using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class CountsOnPostgres(MailPostgres fixture) : CountsContract(fixture), IClassFixture<MailPostgres>;
