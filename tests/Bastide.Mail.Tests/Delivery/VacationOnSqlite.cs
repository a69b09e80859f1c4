using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

public sealed class VacationOnSqlite(SmtpSqlite fixture) : VacationContract(fixture), IClassFixture<SmtpSqlite>;
