using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class ChangesOnPostgres(MailPostgres fixture) : ChangesContract(fixture), IClassFixture<MailPostgres>;
