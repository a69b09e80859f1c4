using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Dav;

/// <summary>Whether an object fulfils a filter (RFC 4791 §7.4, §9.7, §9.9).</summary>
sealed class ObjectMatcher
{
    const int MostOccurrences = 1000;
    const int MostRepeats = 100;
    static readonly Duration Day = Duration.FromDays(1);

    readonly CalendarObject _object;
    readonly ICalTimeZones _zones;
    readonly DateTimeZone _floating;
    readonly CancellationToken _cancellation;
    readonly Dictionary<(Instant, Instant), List<Occurrence>> _occurrences = [];
    RecurrenceSet? _set;

    ObjectMatcher(CalendarObject calendar, DateTimeZone floating, CancellationToken cancellation)
    {
        _object = calendar;
        _zones = calendar.Zones(cancellation);
        _floating = floating;
        _cancellation = cancellation;
    }

    RecurrenceSet Set => _set ??= new RecurrenceSet(_object.Components, _zones, _floating);

    /// <summary>Whether a text does; what is tied to no zone is meant in <paramref name="floating"/>.</summary>
    public static bool Matches(ReadOnlyMemory<byte> text, ComponentFilter filter, DateTimeZone floating, CancellationToken cancellation)
    {
        var calendar = CalendarObject.Of(ICalReader.ReadCalendar(text.Span, ICalLimits.Object));
        return new ObjectMatcher(calendar, floating, cancellation).Fulfils(calendar.Calendar, null, filter);
    }

    bool Fulfils(ICalComponent component, ICalComponent? owner, ComponentFilter filter) =>
        (filter.Range is not { } range || Touches(component, owner, range))
        && filter.Properties.All(property => property.Matches(component, IsIn))
        && filter.Components.All(inner => inner.IsNotDefined ? !component.ComponentsOf(inner.Name).Any() : component.ComponentsOf(inner.Name).Any(found => Fulfils(found, component, inner)));

    bool Touches(ICalComponent component, ICalComponent? owner, TimeRange range)
    {
        if (component.Is("VALARM")) return owner is not null && Alarms(component, owner, range);
        if (component.Is("VAVAILABILITY")) return IsAvailable(component, range);
        if (component.Is("VTODO") && !Set.IsRecurring) return IsDue(component, range);
        return _object.Components.Contains(component) && Occurrences(range.From, range.To).Any(occurrence => occurrence.Component == component);
    }

    /// <summary>The table of RFC 4791 §9.9 for tasks.</summary>
    bool IsDue(ICalComponent task, TimeRange range)
    {
        var (start, end) = (range.From, range.To);
        var (begin, due, done, made) = (Moment(task, "DTSTART"), Moment(task, "DUE"), Moment(task, "COMPLETED"), Moment(task, "CREATED"));
        if (begin is { } from)
        {
            if (due is { } to) return (start < to || start <= from) && (end > from || end >= to);
            if (ICalDuration.Parse(task.Property("DURATION")?.Value) is { IsNegative: false } duration)
            {
                var over = ZoneRules.Later(from, duration.Approximate);
                return start <= over && (end > from || end >= over);
            }

            return start <= from && end > from;
        }

        if (due is { } last) return start < last && end >= last;
        if (done is { } finished) return made is { } created ? (start <= created || start <= finished) && (end >= created || end >= finished) : start <= finished && end >= finished;
        return made is not { } since || end > since;
    }

    /// <summary>RFC 7953 §7.2.2: from its beginning to its end, either of which may be missing.</summary>
    bool IsAvailable(ICalComponent component, TimeRange range)
    {
        var begin = Moment(component, "DTSTART");
        var end = Moment(component, "DTEND") ?? (begin is { } from && ICalDuration.Parse(component.Property("DURATION")?.Value) is { } length ? ZoneRules.Later(from, length.Approximate) : null);
        return (begin is null || begin < range.To) && (end is null || end > range.From);
    }

    /// <summary>Whether an alarm goes off in a time, at any occurrence of what it is of.</summary>
    bool Alarms(ICalComponent alarm, ICalComponent owner, TimeRange range)
    {
        if (alarm.Property("TRIGGER") is not { } trigger) return false;
        var repeats = int.TryParse(alarm.Property("REPEAT")?.Value, out var count) ? Math.Clamp(count, 0, MostRepeats) : 0;
        var between = ICalDuration.Parse(alarm.Property("DURATION")?.Value)?.Approximate ?? Duration.Zero;
        bool GoesOff(Instant first) => Enumerable.Range(0, repeats + 1).Any(repeat => range.Holds(ZoneRules.Later(first, between * repeat)));
        if (ICalDuration.Parse(trigger.Value) is not { } offset) return ICalTime.Of(trigger) is { } moment && GoesOff(_zones.Resolve(moment, _floating));
        var isOfEnd = "END".Equals(trigger.Parameter("RELATED"), StringComparison.OrdinalIgnoreCase);
        var by = offset.Approximate;
        // However long it lasts, an occurrence touches the moment its alarm counts from.
        var (from, to) = (ZoneRules.Later(range.From, -by - (between * repeats) - Day), ZoneRules.Later(range.To, -by + Day));
        return from < to && Occurrences(from, to).Any(occurrence => occurrence.Component == owner && GoesOff(ZoneRules.Later(isOfEnd ? occurrence.End : occurrence.Begin, by)));
    }

    List<Occurrence> Occurrences(Instant from, Instant to)
    {
        if (!_occurrences.TryGetValue((from, to), out var found)) _occurrences[(from, to)] = found = Set.ExpandUpTo(from, to, MostOccurrences, _cancellation).Found;
        return found;
    }

    bool IsIn(ICalProperty property, TimeRange range)
    {
        if (ICalTime.Of(property) is not { } time) return false;
        var moment = _zones.Resolve(time, _floating);
        return time.IsDate ? moment < range.To && ZoneRules.Later(moment, Day) > range.From : range.Holds(moment);
    }

    Instant? Moment(ICalComponent component, string name) => ICalTime.Of(component.Property(name)) is { } time ? _zones.Resolve(time, _floating) : null;
}
