using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// The clock that JSCalendar tells a time on: that of the same zone by its IANA id. A zone that has none, and is like none, is
/// told in UTC.
/// </summary>
readonly struct EventClock
{
    public const string Utc = "Etc/UTC";
    readonly DateTimeZone? _converted;

    EventClock(string? timeZone, DateTimeZone? converted)
    {
        TimeZone = timeZone;
        _converted = converted;
    }

    /// <summary>The <c>timeZone</c>; null for what is tied to none.</summary>
    public string? TimeZone { get; }

    /// <summary>The clock of a time.</summary>
    public static EventClock Of(ICalTime time, ICalTimeZones zones)
    {
        if (time.Kind == ICalTimeKind.Utc) return new EventClock(Utc, null);
        if (time.Kind != ICalTimeKind.Zoned || zones.Find(time.Tzid!) is not { } zone) return default;
        return zones.IanaId(time.Tzid!, ZoneRules.Resolve(time.Local, zone)) is { } id ? new EventClock(id, null) : new EventClock(Utc, zone);
    }

    /// <summary>The time as the zone of its TZID shows it, told on this clock.</summary>
    public LocalDateTime Tell(LocalDateTime time) =>
        _converted is null ? time : ZoneRules.Local(ZoneRules.Resolve(time, _converted), DateTimeZone.Utc);

    /// <summary>The other way round.</summary>
    public LocalDateTime Own(LocalDateTime told) =>
        _converted is null ? told : ZoneRules.Local(ZoneRules.Resolve(told, DateTimeZone.Utc), _converted);

    /// <summary>A time on the clock of a <c>timeZone</c>; with the TZID of <paramref name="like"/> where that means the same zone.</summary>
    public static ICalTime Time(LocalDateTime local, string? timeZone, bool isDate, ICalTime? like, ICalTimeZones zones)
    {
        if (isDate) return ICalTime.OfDate(local.Date);
        if (timeZone is null) return new ICalTime(local, ICalTimeKind.Floating);
        if (like is { } old && Of(old, zones) is { _converted: null } clock && clock.TimeZone == timeZone) return old.At(local);
        return timeZone is Utc or "UTC" or "Etc/UCT" or "Etc/Zulu" ? new ICalTime(local, ICalTimeKind.Utc) : new ICalTime(local, ICalTimeKind.Zoned, timeZone);
    }

    /// <summary>The property with another time; what else it has stays.</summary>
    public static ICalProperty Timed(ICalProperty? present, string name, ICalTime time) =>
        (present ?? new ICalProperty(name, time.Value)).WithValue(time.Value).WithParameter("VALUE", time.IsDate ? "DATE" : null).WithParameter("TZID", time.Tzid);
}
