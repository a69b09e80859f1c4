using Bastide.Mail.Tests.Store;

namespace Bastide.Mail.Tests.Import;

public sealed class ImportOnSqlite(MailSqlite fixture) : ImportContract(fixture), IClassFixture<MailSqlite>;
