namespace Bastide.Calendar.Tests.Booking;

public sealed class BookingOnSqlite(CalendarSqlite fixture) : BookingContract(fixture), IClassFixture<CalendarSqlite>;
