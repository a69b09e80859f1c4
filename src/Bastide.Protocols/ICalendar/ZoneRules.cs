using NodaTime;
using NodaTime.TimeZones;

namespace Bastide.Protocols.ICalendar;

/// <summary>How a local time becomes a moment (RFC 5545 §3.3.5).</summary>
public static class ZoneRules
{
    // In a gap the offset before it holds, so that the time moves forward; of two moments of one name the first is meant.
    static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    // No clock is further from UTC, and none is moved by more.
    static readonly Duration Near = Duration.FromHours(48);

    static readonly Instant Earliest = Instant.FromUtc(1, 1, 3, 0, 0);
    static readonly Instant Latest = Instant.FromUtc(9999, 12, 30, 0, 0);

    /// <summary>The moment a local time is in a zone. At the ends of time all zones are the same.</summary>
    public static Instant Resolve(LocalDateTime local, DateTimeZone zone) => local.Year is <= 1 or >= 9999
        ? Within(local.InUtc().ToInstant())
        : OffsetAround(local, zone) is { } offset ? local.WithOffset(offset).ToInstant() : zone.ResolveLocal(local, Resolver).ToInstant();

    /// <summary>A moment so much later, within the time that can be told.</summary>
    public static Instant Later(Instant instant, Duration by) =>
        by >= Latest - Within(instant) ? Latest : by <= Earliest - Within(instant) ? Earliest : instant + by;

    /// <summary>Whether clocks in the zone never show this time.</summary>
    public static bool IsSkipped(LocalDateTime local, DateTimeZone zone) => OffsetAround(local, zone) is null && zone.MapLocal(local).Count == 0;

    /// <summary>What clocks in the zone show at a moment.</summary>
    public static LocalDateTime Local(Instant instant, DateTimeZone zone) => Within(instant).InZone(zone).LocalDateTime;

    /// <summary>The offset of a zone around a time where it does not change there, as nearly always: then there is nothing to choose. Null near the ends of time, too.</summary>
    static Offset? OffsetAround(LocalDateTime local, DateTimeZone zone)
    {
        if (local.Year is <= 1 or >= 9999) return null;
        var about = local.InUtc().ToInstant();
        var interval = zone.GetZoneInterval(about);
        return (!interval.HasStart || about - interval.Start > Near) && (!interval.HasEnd || interval.End - about > Near) ? interval.WallOffset : null;
    }

    static Instant Within(Instant instant) => Instant.Max(Earliest, Instant.Min(Latest, instant));
}
