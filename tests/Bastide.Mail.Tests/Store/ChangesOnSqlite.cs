using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class ChangesOnSqlite(MailSqlite fixture) : ChangesContract(fixture), IClassFixture<MailSqlite>;
