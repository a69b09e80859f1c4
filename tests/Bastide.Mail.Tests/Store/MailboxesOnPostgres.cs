using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class MailboxesOnPostgres(MailPostgres fixture) : MailboxesContract(fixture), IClassFixture<MailPostgres>;
