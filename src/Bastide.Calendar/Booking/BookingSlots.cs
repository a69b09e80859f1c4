using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>Which beginnings a page offers: computed from its hours and from what else takes the time, without looking anything up.</summary>
static class BookingSlots
{
    /// <summary>The longest span that is asked for at once, in days.</summary>
    public const int MostDays = 62;

    /// <summary>The beginnings within a span, in order.</summary>
    /// <param name="page">What is offered.</param>
    /// <param name="from">The first moment a booking may begin at.</param>
    /// <param name="to">The first it may not begin at any more.</param>
    /// <param name="now">The time.</param>
    /// <param name="taken">What takes the owner's time over the local days the span touches, and what stays free around a booking.</param>
    public static List<Instant> Find(BookingSettings page, Instant from, Instant to, Instant now, TakenTime taken)
    {
        var zone = TimeZoneNames.Zone(page.TimeZone) ?? DateTimeZone.Utc;
        var first = Instant.Max(from, now + Duration.FromMinutes(page.Notice));
        var last = Instant.Min(to, LastDay(page, zone, now).PlusDays(1).AtStartOfDayInZone(zone).ToInstant());
        var slots = new List<Instant>();
        if (last <= first) return slots;
        var busy = Merged(taken.Busy.Select(time => (time.Begin - Duration.FromMinutes(page.After), time.End + Duration.FromMinutes(page.Before))).Concat(taken.Unavailable));
        var next = 0;
        var (length, step) = (Duration.FromMinutes(page.Duration), Duration.FromMinutes(page.Increment));
        // The hours of a day may last past its end, where midnight is not midnight everywhere.
        for (var day = first.InZone(zone).Date.PlusDays(-1); day.AtStartOfDayInZone(zone).ToInstant() < last; day = day.PlusDays(1))
        {
            if (page.MostPerDay is { } most && taken.Booked.GetValueOrDefault(day) >= most) continue;
            foreach (var hours in page.Hours.Where(hours => hours.Day == day.DayOfWeek))
            {
                var end = Moment(day, hours.To, zone);
                for (var begin = Moment(day, hours.From, zone); begin + length <= end && begin < last; begin += step)
                {
                    if (begin < first) continue;
                    while (next < busy.Count && busy[next].End <= begin) next++;
                    if (next < busy.Count && busy[next].Begin < begin + length) continue;
                    if (slots.Count == 0 || slots[^1] < begin) slots.Add(begin);
                }
            }
        }

        return slots;
    }

    /// <summary>The last day, on the page's clock, that may be booked.</summary>
    public static LocalDate LastDay(BookingSettings page, DateTimeZone zone, Instant now) => now.InZone(zone).Date.PlusDays(page.Horizon);

    /// <summary>The times of a span of which more has to be known to find its beginnings: the whole days it touches, and what stays free around a booking.</summary>
    public static (Instant From, Instant To) Touched(BookingSettings page, Instant from, Instant to)
    {
        var zone = TimeZoneNames.Zone(page.TimeZone) ?? DateTimeZone.Utc;
        var around = Duration.FromMinutes(Math.Max(page.Before, page.After) + page.Duration);
        var begin = from.InZone(zone).Date.PlusDays(-1).AtStartOfDayInZone(zone).ToInstant();
        var end = to.InZone(zone).Date.PlusDays(2).AtStartOfDayInZone(zone).ToInstant();
        return (begin - around, end + around);
    }

    // A clock that is set forward shows no such time: what begins then begins when clocks have passed it.
    static Instant Moment(LocalDate day, int minutes, DateTimeZone zone) => minutes == 24 * 60
        ? day.PlusDays(1).AtStartOfDayInZone(zone).ToInstant()
        : ZoneRules.Resolve(day.At(LocalTime.FromMinutesSinceMidnight(minutes)), zone);

    static List<(Instant Begin, Instant End)> Merged(IEnumerable<(Instant Begin, Instant End)> times)
    {
        var merged = new List<(Instant Begin, Instant End)>();
        foreach (var time in times.Where(time => time.End > time.Begin).OrderBy(time => time.Begin))
        {
            if (merged.Count > 0 && merged[^1].End >= time.Begin) merged[^1] = (merged[^1].Begin, Instant.Max(merged[^1].End, time.End));
            else merged.Add(time);
        }

        return merged;
    }
}
