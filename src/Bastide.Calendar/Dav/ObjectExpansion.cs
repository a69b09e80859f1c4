using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Dav;

/// <summary>An object told as its occurrences, each by itself and in UTC (<c>CALDAV:expand</c>, RFC 4791 §9.6.5).</summary>
sealed class ObjectExpansion(CalendarObject calendar, DateTimeZone floating)
{
    static readonly HashSet<string> Replaced = new(StringComparer.OrdinalIgnoreCase) { "DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE" };

    readonly ICalTimeZones _zones = calendar.Zones();

    /// <summary>Its occurrences in a time; throws <see cref="ExpansionRefusedException"/> for more than <paramref name="most"/>.</summary>
    public ICalComponent Of(TimeRange range, int most, ExpansionBudget budget)
    {
        var set = new RecurrenceSet(calendar.Components, _zones, floating);
        var told = new ICalComponent("VCALENDAR", calendar.Calendar.Properties);
        foreach (var occurrence in set.Expand(range.From, range.To, most, budget)) told.Append(Told(occurrence));
        // What has no time is in none, and told as it is: the filter let it through.
        if (calendar.Master is { } master && master.Property("DTSTART") is null && master.Property("DUE") is null) told.Append(master);
        return told;
    }

    ICalComponent Told(Occurrence occurrence)
    {
        var component = new ICalComponent(occurrence.Component.Name, occurrence.Component.Nodes.Where(node => !Replaced.Contains(node.Name)));
        if (RecurrenceIdOf(occurrence) is { } id) component.Add(id.ToProperty("RECURRENCE-ID"));
        var isDue = occurrence.Component.Property("DTSTART") is null;
        if (!isDue) component.Add(InUtc(occurrence.Start, occurrence.Begin).ToProperty("DTSTART"));
        if (occurrence.Component.Property("DURATION") is not null) return component;
        foreach (var name in (ReadOnlySpan<string>)["DTEND", "DUE"])
            if (ICalTime.Of(occurrence.Component.Property(name)) is { } end)
                component.Add(InUtc(end, occurrence.End).ToProperty(name));
        return component;
    }

    ICalTime? RecurrenceIdOf(Occurrence occurrence)
    {
        if (occurrence.RecurrenceId is not { } id) return null;
        // Where only instances are known, each names itself.
        var named = calendar.Master is { } master ? ICalTime.Of(master.Property("DTSTART"))?.At(id) : ICalTime.Of(occurrence.Component.Property("RECURRENCE-ID"));
        return named is { } time ? InUtc(time, _zones.Resolve(time, floating)) : null;
    }

    /// <summary>A moment in the form of a time: a date stays one, and what floats floats.</summary>
    ICalTime InUtc(ICalTime form, Instant moment)
    {
        if (form.IsDate) return ICalTime.OfDate(ZoneRules.Local(moment, floating).Date);
        return _zones.IsFloating(form) ? new ICalTime(ZoneRules.Local(moment, floating), ICalTimeKind.Floating) : ICalTime.OfInstant(moment);
    }
}
