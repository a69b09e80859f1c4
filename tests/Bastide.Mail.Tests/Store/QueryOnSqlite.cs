using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class QueryOnSqlite(MailSqlite fixture) : QueryContract(fixture), IClassFixture<MailSqlite>;
