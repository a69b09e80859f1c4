using Bastide.Mail.Tests.Smtp;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

public sealed class VacationOnPostgres(SmtpPostgres fixture) : VacationContract(fixture), IClassFixture<SmtpPostgres>;
