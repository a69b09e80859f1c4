using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// Finds the IANA time zone behind the names that programs write: those of IANA in any case, behind the prefixes of Mozilla,
/// Evolution and others (<c>/mozilla.org/20050126_1/Europe/Berlin</c>), those of Windows and Lotus, their descriptions
/// (<c>(UTC+01:00) Amsterdam, Berlin</c>), and plain offsets.
/// </summary>
public static partial class TimeZoneNames
{
    const int LongestName = 255;
    const string StandardTime = " Standard Time";

    static readonly FrozenDictionary<string, string> Iana =
        DateTimeZoneProviders.Tzdb.Ids.ToFrozenDictionary(id => id, id => id, StringComparer.OrdinalIgnoreCase);

    static readonly FrozenDictionary<string, string> Windows =
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ToFrozenDictionary(zone => zone.Key, zone => zone.Value, StringComparer.OrdinalIgnoreCase);

    // The names that Windows describes without a city. Each is checked against the offset it stands beside.
    static readonly (string Word, string Windows)[] Described =
    [
        ("Eastern Time", "Eastern Standard Time"),
        ("Central Time", "Central Standard Time"),
        ("Mountain Time", "Mountain Standard Time"),
        ("Pacific Time", "Pacific Standard Time"),
        ("Atlantic Time", "Atlantic Standard Time"),
        ("Greenwich", "GMT Standard Time"),
    ];

    static readonly FrozenDictionary<string, string[]> Cities = DateTimeZoneProviders.Tzdb.Ids
        .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal))
        .GroupBy(id => id[(id.LastIndexOf('/') + 1)..].Replace('_', ' '), StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(ids => ids.Key, ids => ids.ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The id of the IANA zone in its own spelling, or null when the text is no id.</summary>
    public static string? Canonical(string? id) => id is not null && Iana.TryGetValue(id, out var known) ? known : null;

    /// <summary>The IANA id that a TZID means, or null when it means none that is known.</summary>
    public static string? Find(string tzid)
    {
        var name = tzid.Trim().Trim('"');
        if (name.Length is 0 or > LongestName) return null;
        return Canonical(name) ?? OfWindows(name) ?? BehindPrefix(name) ?? OfDescription(name) ?? OfOffset(name) ?? Canonical(name.Replace('-', '/'));
    }

    /// <summary>The IANA zone of an id, or null.</summary>
    public static DateTimeZone? Zone(string? id) => Canonical(id) is { } known ? DateTimeZoneProviders.Tzdb[known] : null;

    /// <summary>An IANA zone of a fixed offset of whole hours, or null: <c>Etc/GMT-2</c> is two hours ahead.</summary>
    internal static string? OfOffset(Offset offset)
    {
        if (offset == Offset.Zero) return "Etc/UTC";
        var hours = offset.Seconds / 3600;
        return offset.Seconds % 3600 != 0 ? null : Canonical(string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(hours > 0 ? '-' : '+')}{Math.Abs(hours)}"));
    }

    static string? OfWindows(string name) => Windows.GetValueOrDefault(name) ?? Windows.GetValueOrDefault(name + StandardTime);

    static string? BehindPrefix(string name)
    {
        for (var at = name.IndexOf('/', StringComparison.Ordinal); at >= 0; at = name.IndexOf('/', at + 1))
            if (Canonical(name[(at + 1)..]) is { } known)
                return known;
        return null;
    }

    static string? OfDescription(string name)
    {
        var match = Description().Match(name);
        if (!match.Success) return null;
        var offset = ReadOffset(match.Groups["offset"].ValueSpan);
        var places = match.Groups["places"].Value;
        foreach (var (word, windows) in Described)
            if (places.StartsWith(word, StringComparison.OrdinalIgnoreCase) && HasOffset(Windows[windows], offset))
                return Windows[windows];
        foreach (var place in places.Split([',', ';', ':'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (Cities.GetValueOrDefault(place)?.FirstOrDefault(id => HasOffset(id, offset)) is { } id)
                return id;
        return OfWindows(places.Trim());
    }

    static string? OfOffset(string name)
    {
        var match = PlainOffset().Match(name);
        if (!match.Success) return null;
        return ReadOffset(match.Groups["offset"].ValueSpan) is { } offset ? OfOffset(offset) : "Etc/UTC";
    }

    /// <summary>Whether the zone's clocks show this offset in winter or summer; descriptions give the standard time, if any.</summary>
    static bool HasOffset(string id, Offset? offset)
    {
        if (offset is null) return true;
        var zone = DateTimeZoneProviders.Tzdb[id];
        return zone.GetUtcOffset(Instant.FromUtc(2020, 1, 1, 0, 0)) == offset || zone.GetUtcOffset(Instant.FromUtc(2020, 7, 1, 0, 0)) == offset;
    }

    static Offset? ReadOffset(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return null;
        var digits = text[1..].ToString().Replace(":", "", StringComparison.Ordinal);
        var hours = int.Parse(digits.Length > 2 ? digits[..^2] : digits, CultureInfo.InvariantCulture);
        var minutes = digits.Length > 2 ? int.Parse(digits[^2..], CultureInfo.InvariantCulture) : 0;
        var seconds = (hours * 60 + minutes) * 60;
        return seconds > 18 * 3600 ? null : Offset.FromSeconds(text[0] == '-' ? -seconds : seconds);
    }

    [GeneratedRegex(@"^\((?:UTC|GMT)\s*(?<offset>[+-]\d{1,2}(?::?\d{2})?)?\)\s*(?<places>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Description();

    [GeneratedRegex(@"^(?:(?:UTC|GMT|Z)\s*)?(?<offset>[+-]\d{1,2}(?::?\d{2})?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex PlainOffset();
}
