using Bastide.Identity;

namespace Bastide.Calendar.Tests;

public sealed class CalendarSqlite() : SqliteFixture(typeof(CalendarModule).Assembly, typeof(IdentityModule).Assembly);
