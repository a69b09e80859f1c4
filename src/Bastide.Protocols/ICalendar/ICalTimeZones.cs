using NodaTime;
using NodaTime.TimeZones;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// The zones that an object's TZIDs mean. A name of IANA, or one that stands for such, is what IANA says today: laws change
/// and the VTIMEZONE beside an old event does not. A VTIMEZONE is asked for names that mean nothing elsewhere; a name that
/// nobody explains is told as floating.
/// </summary>
public sealed class ICalTimeZones
{
    static readonly string[] Hints = ["X-LIC-LOCATION", "TZID-ALIAS-OF"];
    static readonly string[] Likely = [.. TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.Values.Distinct().Order(StringComparer.Ordinal)];

    readonly Dictionary<string, ICalComponent> _embedded = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, DateTimeZone?> _found = new(StringComparer.OrdinalIgnoreCase);
    readonly CancellationToken _cancellation;

    /// <summary>Those of a VCALENDAR; none of its own when it is null.</summary>
    public ICalTimeZones(ICalComponent? calendar, CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        foreach (var zone in calendar?.ComponentsOf("VTIMEZONE") ?? [])
            if (zone.Text("TZID") is { } id)
                _embedded.TryAdd(id, zone);
    }

    /// <summary>The zone of a TZID, or null when nobody explains it.</summary>
    public DateTimeZone? Find(string tzid)
    {
        if (_found.TryGetValue(tzid, out var known)) return known;
        var zone = TimeZoneNames.Zone(TimeZoneNames.Find(tzid)) ?? Embedded(tzid);
        _found[tzid] = zone;
        return zone;
    }

    /// <summary>The zone a time is told in; <paramref name="floating"/> for those that are tied to none.</summary>
    public DateTimeZone ZoneOf(ICalTime time, DateTimeZone floating) => time.Kind switch
    {
        ICalTimeKind.Utc => DateTimeZone.Utc,
        ICalTimeKind.Zoned => Find(time.Tzid!) ?? floating,
        _ => floating,
    };

    /// <summary>The moment of a time.</summary>
    public Instant Resolve(ICalTime time, DateTimeZone floating) => ZoneRules.Resolve(time.Local, ZoneOf(time, floating));

    /// <summary>Whether the time depends on where one is.</summary>
    public bool IsFloating(ICalTime time) => time.Kind is ICalTimeKind.Date or ICalTimeKind.Floating || (time.Kind == ICalTimeKind.Zoned && Find(time.Tzid!) is null);

    /// <summary>
    /// The IANA id of a TZID. For a zone that only its VTIMEZONE explains it is one whose clocks show the same for the
    /// three years from <paramref name="around"/>; null when there is none.
    /// </summary>
    public string? IanaId(string tzid, Instant around)
    {
        if (TimeZoneNames.Find(tzid) is { } id) return id;
        if (Find(tzid) is not { } zone) return null;
        var until = around + Duration.FromDays(3 * 366);
        var offset = zone.GetUtcOffset(around);
        return Likely.FirstOrDefault(candidate => IsAlike(zone, DateTimeZoneProviders.Tzdb[candidate], around, until))
            ?? (zone.GetZoneInterval(around) is { } interval && (!interval.HasEnd || interval.End >= until) ? TimeZoneNames.OfOffset(offset) : null);
    }

    static bool IsAlike(DateTimeZone one, DateTimeZone other, Instant from, Instant until)
    {
        for (var at = from; at < until;)
        {
            var (mine, theirs) = (one.GetZoneInterval(at), other.GetZoneInterval(at));
            if (mine.WallOffset != theirs.WallOffset) return false;
            var (mineEnd, theirsEnd) = (mine.HasEnd ? mine.End : until, theirs.HasEnd ? theirs.End : until);
            if (Instant.Min(mineEnd, until) != Instant.Min(theirsEnd, until)) return false;
            at = mineEnd;
        }

        return true;
    }

    DateTimeZone? Embedded(string tzid)
    {
        if (!_embedded.TryGetValue(tzid, out var component)) return null;
        foreach (var hint in Hints)
            if (component.Text(hint) is { } name && TimeZoneNames.Zone(TimeZoneNames.Find(name)) is { } zone)
                return zone;
        return EmbeddedTimeZone.Of(component, _cancellation);
    }
}
