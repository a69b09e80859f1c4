namespace Bastide.Calendar.Tests.Booking;

public sealed class BookingOnPostgres(CalendarPostgres fixture) : BookingContract(fixture), IClassFixture<CalendarPostgres>;
