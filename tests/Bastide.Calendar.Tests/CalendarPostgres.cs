using Bastide.Identity;

namespace Bastide.Calendar.Tests;

public sealed class CalendarPostgres() : PostgresFixture(typeof(CalendarModule).Assembly, typeof(IdentityModule).Assembly);
