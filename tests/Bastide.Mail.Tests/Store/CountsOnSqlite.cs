using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class CountsOnSqlite(MailSqlite fixture) : CountsContract(fixture), IClassFixture<MailSqlite>;
