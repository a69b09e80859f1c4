using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class MessagesOnSqlite(MailSqlite fixture) : MessagesContract(fixture), IClassFixture<MailSqlite>;
