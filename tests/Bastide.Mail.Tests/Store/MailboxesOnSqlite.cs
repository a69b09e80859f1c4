using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class MailboxesOnSqlite(MailSqlite fixture) : MailboxesContract(fixture), IClassFixture<MailSqlite>;
