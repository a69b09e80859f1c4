using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class QueryOnPostgres(MailPostgres fixture) : QueryContract(fixture), IClassFixture<MailPostgres>;
