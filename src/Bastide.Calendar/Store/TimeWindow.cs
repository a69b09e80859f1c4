using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Store;

/// <summary>A time that is asked for: in moments, and as the asker's clocks show it, for what is tied to no zone.</summary>
/// <param name="From">The first second.</param>
/// <param name="To">The first that is not in it any more.</param>
/// <param name="LocalFrom">The first as clocks show it, as if it were UTC.</param>
/// <param name="LocalTo">The end as clocks show it.</param>
readonly record struct TimeWindow(long From, long To, long LocalFrom, long LocalTo)
{
    /// <summary>The time between two moments, for an asker in a zone.</summary>
    public static TimeWindow Of(Instant from, Instant to, DateTimeZone zone) =>
        new(from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds(), Shown(from, zone), Shown(to, zone));

    static long Shown(Instant instant, DateTimeZone zone) => ZoneRules.Local(instant, zone).InUtc().ToInstant().ToUnixTimeSeconds();
}
