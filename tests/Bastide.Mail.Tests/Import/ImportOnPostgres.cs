using Bastide.Mail.Tests.Store;

namespace Bastide.Mail.Tests.Import;

public sealed class ImportOnPostgres(MailPostgres fixture) : ImportContract(fixture), IClassFixture<MailPostgres>;
