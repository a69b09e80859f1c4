using System.Globalization;
using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>What VAVAILABILITY says of somebody's time, before anything takes place in it (RFC 7953 §5).</summary>
public static class AvailabilityTimes
{
    const int MostOccurrences = 5000;
    const int LeastPriority = 10;

    /// <summary>
    /// The times between two moments at which people are not available, each with its BUSYTYPE, in order and without overlap.
    /// Throws <see cref="ExpansionRefusedException"/> for what recurs too often.
    /// </summary>
    public static List<(Instant Begin, Instant End, string Type)> Busy(IEnumerable<CalendarObject> objects, Instant from, Instant to, DateTimeZone floating, CancellationToken cancellation)
    {
        var painted = new List<(Instant Begin, Instant End, string Type)>();
        // RFC 7953 §3.2: 1 is the highest, and 0, which says nothing, the lowest. What is higher is painted over what is lower.
        foreach (var (component, zones) in objects.SelectMany(found => found.Components.Select(component => (Component: component, Zones: found.Zones(cancellation)))).OrderByDescending(entry => PriorityOf(entry.Component)))
        {
            var (begin, end) = (Instant.Max(from, Edge(component, "DTSTART", zones, floating) ?? from), Instant.Min(to, EndOf(component, zones, floating) ?? to));
            if (end <= begin) continue;
            Paint(painted, begin, end, component.Property("BUSYTYPE")?.Value.Trim().ToUpperInvariant() switch { "BUSY" => "BUSY", "BUSY-TENTATIVE" => "BUSY-TENTATIVE", _ => "BUSY-UNAVAILABLE" });
            foreach (var available in component.ComponentsOf("AVAILABLE").GroupBy(one => one.Text("UID")))
                foreach (var occurrence in new RecurrenceSet(available, zones, floating).Expand(begin, end, MostOccurrences, cancellation))
                    Paint(painted, Instant.Max(begin, occurrence.Begin), Instant.Min(end, occurrence.End), null);
        }

        painted.Sort((one, other) => one.Begin.CompareTo(other.Begin));
        return painted;
    }

    /// <summary>Puts a type, or none, in the place of what was there.</summary>
    static void Paint(List<(Instant Begin, Instant End, string Type)> painted, Instant begin, Instant end, string? type)
    {
        if (end <= begin) return;
        foreach (var old in painted.Where(old => old.Begin < end && old.End > begin).ToList())
        {
            painted.Remove(old);
            if (old.Begin < begin) painted.Add((old.Begin, begin, old.Type));
            if (old.End > end) painted.Add((end, old.End, old.Type));
        }

        if (type is not null) painted.Add((begin, end, type));
    }

    static int PriorityOf(ICalComponent component) =>
        int.TryParse(component.Property("PRIORITY")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var priority) && priority is > 0 and < LeastPriority ? priority : LeastPriority;

    static Instant? Edge(ICalComponent component, string name, ICalTimeZones zones, DateTimeZone floating) => ICalTime.Of(component.Property(name)) is { } time ? zones.Resolve(time, floating) : null;

    static Instant? EndOf(ICalComponent component, ICalTimeZones zones, DateTimeZone floating)
    {
        if (Edge(component, "DTEND", zones, floating) is { } end) return end;
        return ICalDuration.Parse(component.Property("DURATION")?.Value) is { IsNegative: false } length && ICalTime.Of(component.Property("DTSTART")) is { } start ? length.AddTo(start.Local, zones.ZoneOf(start, floating)) : null;
    }
}
