using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class ThreadsOnSqlite(MailSqlite fixture) : ThreadsContract(fixture), IClassFixture<MailSqlite>;
