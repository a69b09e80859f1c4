using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>The values of EXDATE and RDATE: found by the instance they name, added and taken out one by one.</summary>
static class RecurrenceDates
{
    /// <summary>The dates of an RDATE, and the lengths of those that are periods.</summary>
    public static IEnumerable<(ICalTime Time, ICalDuration? Length)> Read(ICalProperty property, ICalTimeZones zones)
    {
        var tzid = property.Parameter("TZID");
        foreach (var value in property.Value.Split(','))
        {
            var slash = value.IndexOf('/', StringComparison.Ordinal);
            if (ICalTime.Parse(slash < 0 ? value : value.AsSpan(0, slash), tzid) is not { } time) continue;
            yield return (time, slash < 0 ? null : LengthOf(time, value[(slash + 1)..], tzid, zones));
        }
    }

    /// <summary>Takes out the values that name an instance.</summary>
    public static void Remove(ICalComponent master, string name, Predicate<ICalTime> isNamed)
    {
        foreach (var property in master.PropertiesOf(name).ToList())
        {
            var values = property.Value.Split(',');
            var kept = values.Where(value => ICalTime.Parse(value.AsSpan(0, value.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? slash : value.Length), property.Parameter("TZID")) is not { } time || !isNamed(time)).ToList();
            if (kept.Count == values.Length) continue;
            if (kept.Count == 0) master.Remove(property);
            else master.Replace(property, property.WithValue(string.Join(',', kept)));
        }
    }

    /// <summary>Adds one, of its own.</summary>
    public static void Add(ICalComponent master, string name, ICalTime time) => master.Add(EventClock.Timed(null, name, time));

    static ICalDuration? LengthOf(ICalTime start, string second, string? tzid, ICalTimeZones zones)
    {
        if (ICalDuration.Parse(second) is { IsNegative: false } duration) return duration;
        if (ICalTime.Parse(second, tzid) is not { } end) return null;
        var length = zones.Resolve(end, DateTimeZone.Utc) - zones.Resolve(start, DateTimeZone.Utc);
        return length < Duration.Zero ? null : ICalDuration.Exact(length);
    }
}
