using Bastide.Calendar.Booking;
using NodaTime;
using NodaTime.Text;

namespace Bastide.Calendar.Tests.Booking;

public sealed class BookingSlotsTests
{
    static readonly Instant Monday = At("2026-03-02T00:00:00Z");
    static readonly BookingHours[] Mornings = [.. Enumerable.Range(1, 7).Select(day => new BookingHours((IsoDayOfWeek)day, 9 * 60, 12 * 60))];

    static readonly BookingSettings Page = new() { Title = "Talk", TimeZone = "Europe/Paris", Hours = Mornings, Notice = 0, Duration = 60, Increment = 60 };
    static readonly TakenTime Nothing = Taken();

    static Instant At(string text) => InstantPattern.General.Parse(text).Value;

    static TakenTime Taken(params (string Begin, string End)[] busy) => new([.. busy.Select(time => (At(time.Begin), At(time.End)))], [], new Dictionary<LocalDate, int>());

    /// <summary>The beginnings of a span, on the page's clock.</summary>
    static string Found(BookingSettings page, TakenTime taken, string from = "2026-03-03T00:00:00Z", string to = "2026-03-04T00:00:00Z", Instant? now = null) =>
        string.Join(' ', BookingSlots.Find(page, At(from), At(to), now ?? Monday, taken).Select(slot => LocalDateTimePattern.CreateWithInvariantCulture("dd'T'HH:mm").Format(slot.InZone(DateTimeZoneProviders.Tzdb[page.TimeZone]).LocalDateTime)));

    [Fact]
    public void A_day_is_offered_in_steps_as_long_as_a_booking_fits() =>
        Found(Page with { Increment = 30 }, Nothing).ShouldBe("03T09:00 03T09:30 03T10:00 03T10:30 03T11:00");

    [Fact]
    public void What_is_busy_is_not_offered_and_what_touches_it_is() =>
        Found(Page, Taken(("2026-03-03T09:00:00Z", "2026-03-03T10:00:00Z"))).ShouldBe("03T09:00 03T11:00");

    [Fact]
    public void Something_stays_free_before_and_after_a_booking()
    {
        var busy = Taken(("2026-03-03T09:00:00Z", "2026-03-03T09:30:00Z"));
        Found(Page with { Increment = 30 }, busy).ShouldBe("03T09:00 03T10:30 03T11:00");
        Found(Page with { Increment = 30, Before = 30 }, busy).ShouldBe("03T09:00 03T11:00");
        Found(Page with { Increment = 30, After = 15 }, busy).ShouldBe("03T10:30 03T11:00");
    }

    [Fact]
    public void Hours_in_which_the_owner_is_not_there_need_nothing_around_them() =>
        Found(Page with { Before = 30, After = 30 }, new TakenTime([], [(At("2026-03-03T08:00:00Z"), At("2026-03-03T09:00:00Z"))], new Dictionary<LocalDate, int>())).ShouldBe("03T10:00 03T11:00");

    [Fact]
    public void A_whole_day_that_is_busy_offers_nothing() =>
        Found(Page, Taken(("2026-03-02T23:00:00Z", "2026-03-03T23:00:00Z")), to: "2026-03-05T00:00:00Z").ShouldBe("04T09:00 04T10:00 04T11:00");

    [Fact]
    public void What_is_to_be_booked_earlier_is_not_offered_any_more() =>
        Found(Page with { Notice = 24 * 60 }, Nothing, now: At("2026-03-02T08:30:00Z")).ShouldBe("03T10:00 03T11:00");

    [Fact]
    public void The_last_day_is_whole_and_nothing_is_behind_it() =>
        Found(Page with { Horizon = 2 }, Nothing, to: "2026-03-20T00:00:00Z", now: At("2026-03-02T17:00:00Z")).ShouldBe("03T09:00 03T10:00 03T11:00 04T09:00 04T10:00 04T11:00");

    [Fact]
    public void A_day_with_as_many_bookings_as_may_be_is_full()
    {
        var taken = new TakenTime([], [], new Dictionary<LocalDate, int> { [new(2026, 3, 3)] = 2, [new(2026, 3, 4)] = 1 });
        Found(Page with { MostPerDay = 2 }, taken, to: "2026-03-05T00:00:00Z").ShouldBe("04T09:00 04T10:00 04T11:00");
        Found(Page, taken).ShouldBe("03T09:00 03T10:00 03T11:00");
    }

    [Fact]
    public void Clocks_set_forward_leave_an_hour_out()
    {
        var night = Page with { Hours = [new BookingHours(IsoDayOfWeek.Sunday, 60, 5 * 60)] };
        Found(night, Nothing, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z").ShouldBe("29T01:00 29T03:00 29T04:00");
        Found(night with { Hours = [new BookingHours(IsoDayOfWeek.Sunday, 2 * 60, 3 * 60)] }, Nothing, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z").ShouldBe("");
    }

    [Fact]
    public void Clocks_set_back_show_an_hour_twice_and_each_is_a_time_of_its_own()
    {
        var night = Page with { Hours = [new BookingHours(IsoDayOfWeek.Sunday, 60, 4 * 60)], Horizon = 366 };
        var slots = BookingSlots.Find(night, At("2026-10-24T12:00:00Z"), At("2026-10-25T12:00:00Z"), Monday, Nothing);
        slots.ConvertAll(InstantPattern.General.Format).ShouldBe(["2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"]);
    }

    [Fact]
    public void The_hours_are_on_the_owners_clock_wherever_the_guest_is()
    {
        // A guest in Auckland asks for their third of March, which begins on the second in Paris.
        Found(Page, Nothing, "2026-03-02T11:00:00Z", "2026-03-03T11:00:00Z", At("2026-03-01T00:00:00Z")).ShouldBe("03T09:00 03T10:00 03T11:00");
        Found(Page with { TimeZone = "Asia/Kolkata" }, Nothing, "2026-03-03T00:00:00Z", "2026-03-03T05:00:00Z").ShouldBe("03T09:00 03T10:00");
    }

    [Fact]
    public void Hours_up_to_midnight_end_with_the_day() =>
        Found(Page with { Hours = [new BookingHours(IsoDayOfWeek.Tuesday, 22 * 60, 24 * 60)] }, Nothing).ShouldBe("03T22:00 03T23:00");

    [Fact]
    public void Days_without_hours_offer_nothing() =>
        Found(Page with { Hours = [Mornings[2]] }, Nothing, to: "2026-03-10T00:00:00Z").ShouldBe("04T09:00 04T10:00 04T11:00");

    [Fact]
    public void What_is_looked_up_reaches_over_the_whole_days_of_the_span()
    {
        var (from, to) = BookingSlots.Touched(Page with { Before = 120 }, At("2026-03-03T09:00:00Z"), At("2026-03-03T10:00:00Z"));
        from.ShouldBeLessThanOrEqualTo(At("2026-03-02T21:00:00Z"));
        to.ShouldBeGreaterThanOrEqualTo(At("2026-03-04T01:00:00Z"));
    }
}
