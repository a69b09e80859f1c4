using System.Globalization;
using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.JSCalendar;

/// <summary>How often alarms go off again (RFC 5545 §3.8.6.2), which JSCalendar has no words for.</summary>
public static class AlertRepeats
{
    /// <summary>The most times that are followed.</summary>
    public const int Most = 20;

    /// <summary>Of the alarms of a component that go off again: how often and after what time, by the ids their alerts have.</summary>
    public static IReadOnlyDictionary<string, (int Times, ICalDuration After)> Of(ICalComponent component, ICalTimeZones zones)
    {
        var repeats = new Dictionary<string, (int, ICalDuration)>(StringComparer.Ordinal);
        foreach (var entry in AlertPart.Find(component, zones))
        {
            if (!int.TryParse(entry.Alarm.Property("REPEAT")?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var times) || times == 0) continue;
            if (ICalDuration.Parse(entry.Alarm.Property("DURATION")?.Value) is { IsNegative: false } after && after > ICalDuration.Zero) repeats[entry.Id] = (Math.Min(times, Most), after);
        }

        return repeats;
    }
}
