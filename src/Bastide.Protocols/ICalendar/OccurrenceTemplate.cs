using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>When a component takes place and for how long, as every instance of it does.</summary>
sealed class OccurrenceTemplate
{
    OccurrenceTemplate(ICalComponent component, ICalTime start, ICalDuration length)
    {
        Component = component;
        Start = start;
        Length = length;
    }

    public ICalComponent Component { get; }

    public ICalTime Start { get; }

    public ICalDuration Length { get; }

    /// <summary>The template of a component; null where it has no time.</summary>
    public static OccurrenceTemplate? Of(ICalComponent component, ICalTimeZones zones, DateTimeZone floating)
    {
        var end = ICalTime.Of(component.Property("DTEND")) ?? ICalTime.Of(component.Property("DUE"));
        if (ICalTime.Of(component.Property("DTSTART")) is not { } start)
        {
            // A task that is due and does not begin takes place when it is due.
            return end is { } due ? new OccurrenceTemplate(component, due, ICalDuration.Zero) : null;
        }

        return new OccurrenceTemplate(component, start, LengthOf(component, start, end, zones, floating));
    }

    /// <summary>The same time, told by another component.</summary>
    public OccurrenceTemplate For(ICalComponent component) => new(component, Start, Length);

    public Instant EndOf(LocalDateTime start, DateTimeZone zone) => Length.AddTo(start, zone);

    static ICalDuration LengthOf(ICalComponent component, ICalTime start, ICalTime? end, ICalTimeZones zones, DateTimeZone floating)
    {
        if (end is { } given)
        {
            // An end that is tied to nothing is meant on the clock of the start.
            if (given.Kind == ICalTimeKind.Floating) given = start with { Local = given.Local, Kind = start.IsDate ? ICalTimeKind.Floating : start.Kind };
            // Between two days the calendar counts; between two times the exact time does (RFC 5545 §3.8.5.3).
            if (start.IsDate && given.IsDate) return new ICalDuration(Math.Max(0, Period.DaysBetween(start.Local.Date, given.Local.Date)), 0);
            var exact = zones.Resolve(given, floating) - zones.Resolve(start, floating);
            return exact < Duration.Zero ? ICalDuration.Zero : ICalDuration.Exact(exact);
        }

        if (ICalDuration.Parse(component.Property("DURATION")?.Value) is { IsNegative: false } duration) return duration;
        return start.IsDate && !component.Is("VTODO") ? new ICalDuration(1, 0) : ICalDuration.Zero;
    }
}
