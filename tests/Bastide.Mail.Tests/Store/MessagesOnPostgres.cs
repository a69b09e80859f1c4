using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class MessagesOnPostgres(MailPostgres fixture) : MessagesContract(fixture), IClassFixture<MailPostgres>;
