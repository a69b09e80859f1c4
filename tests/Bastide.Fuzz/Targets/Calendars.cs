using System.Text;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// A calendar of anybody: it is read or refused with <see cref="ICalFormatException"/>, written and read as the same, and
/// its series are told within bounds, in their order.
/// </summary>
static class Calendars
{
    const int MostOccurrences = 500;
    static readonly ICalLimits Limits = new(64 * 1024, 2000, 16 * 1024, 100, 8);
    static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    static readonly Instant From = Instant.FromUtc(2025, 1, 1, 0, 0);
    static readonly Instant To = Instant.FromUtc(2028, 1, 1, 0, 0);

    public static void Run(byte[] input)
    {
        foreach (var component in Read(() => ICalReader.ReadFile(input, Limits))) Check(component);
        foreach (var component in Read(() => ICalReader.Read(input, Limits)))
        {
            CheckWritten(component);
            foreach (var property in component.Properties) CheckValue(property);
        }
    }

    static List<ICalComponent> Read(Func<List<ICalComponent>> read)
    {
        try
        {
            return read();
        }
        catch (ICalFormatException refused)
        {
            Invariant.Holds(refused.Message.Length > 0, $"It is refused without a reason");
            return [];
        }
    }

    static void Check(ICalComponent calendar)
    {
        CheckWritten(calendar);
        var zones = new ICalTimeZones(calendar);
        foreach (var series in calendar.Components.Where(component => component.Is("VEVENT") || component.Is("VTODO")).GroupBy(component => component.Text("UID")).Take(10))
        {
            foreach (var property in series.SelectMany(component => component.Properties)) CheckValue(property);
            CheckSeries(new RecurrenceSet(series, zones, Paris));
        }
    }

    static void CheckWritten(ICalComponent component)
    {
        var octets = ICalWriter.Write(component);
        foreach (var line in Encoding.UTF8.GetString(octets).Split("\r\n")) Invariant.Holds(Encoding.UTF8.GetByteCount(line) <= 75, $"A line is not folded: {line}");
        // What was read from ISO 8859-1 grows, and so may go beyond what is read.
        var again = Read(() => ICalReader.Read(octets, ICalLimits.Object));
        Invariant.Holds(again.Count == 1 && ICalWriter.Write(again[0]).AsSpan().SequenceEqual(octets), $"It is written as what is read as another: {Encoding.UTF8.GetString(octets)}");
    }

    static void CheckValue(ICalProperty property)
    {
        Invariant.Holds(ICalText.Unescape(ICalText.Escape(property.Text)) == property.Text, $"{property.Text} is read again as another");
        if (property.Is("RRULE") && RecurrenceRule.Parse(property.Value) is { } rule)
            Invariant.Holds(RecurrenceRule.Parse(rule.ToString())?.ToString() == rule.ToString(), $"{property.Value} is read as {rule}, and that as another");
        if (ICalTime.Of(property) is { } time) Invariant.Holds(ICalTime.Parse(time.Value, time.Tzid) == time, $"{property} is read as {time}, and that as another");
        if (ICalDuration.Parse(property.Value) is { } duration) Invariant.Holds(ICalDuration.Parse(duration.ToString()) == duration, $"{property} is read as {duration}, and that as another");
    }

    static void CheckSeries(RecurrenceSet set)
    {
        var (found, until) = set.ExpandUpTo(From, To, MostOccurrences, CancellationToken.None);
        Invariant.Holds(found.Count <= MostOccurrences + 100 && until >= From && until <= To, $"{found.Count} occurrences until {until}");
        foreach (var occurrence in found) Check(occurrence);
        set.LastEnd(MostOccurrences, CancellationToken.None);
        try
        {
            var all = set.Expand(From, To, MostOccurrences, CancellationToken.None);
            for (var i = 1; i < all.Count; i++) Invariant.Holds(all[i].Begin >= all[i - 1].Begin, $"{all[i].Begin} follows {all[i - 1].Begin}");
        }
        catch (ExpansionRefusedException)
        {
            // It is too much work, which is what that says.
        }
    }

    static void Check(Occurrence occurrence)
    {
        Invariant.Holds(occurrence.Begin <= occurrence.End, $"It ends at {occurrence.End} and begins at {occurrence.Begin}");
        Invariant.Holds(occurrence.Overlaps(From, To), $"It is outside of what was asked, from {occurrence.Begin} to {occurrence.End}");
    }
}
