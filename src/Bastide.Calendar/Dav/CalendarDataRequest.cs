using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Dav;

/// <summary>What of the texts of objects is asked for (<c>CALDAV:calendar-data</c>, RFC 4791 §9.6).</summary>
sealed class CalendarDataRequest
{
    // What one request expands, all objects together.
    const int MostInstances = 20_000;
    const int Steps = 5_000_000;

    readonly ComponentPart? _part;
    readonly TimeRange? _expand;
    readonly TimeRange? _limit;
    readonly DateTimeZone _floating;
    readonly ExpansionBudget _budget;
    int _left = MostInstances;

    CalendarDataRequest(XElement asked, DateTimeZone floating, CancellationToken cancellation)
    {
        _part = asked.Element(CalDavNames.Comp) is { } comp ? ComponentPart.Read(comp) : null;
        _expand = asked.Element(CalDavNames.Of("expand")) is { } expand ? TimeRange.Read(expand, needsBoth: true) : null;
        _limit = asked.Element(CalDavNames.Of("limit-recurrence-set")) is { } limit ? TimeRange.Read(limit, needsBoth: true) : null;
        // Objects hold no VFREEBUSY, so that there is nothing to leave out of one.
        if (asked.Element(CalDavNames.Of("limit-freebusy-set")) is { } busy) TimeRange.Read(busy, needsBoth: true);
        _floating = floating;
        _budget = new ExpansionBudget(Steps, cancellation);
    }

    bool IsWhole => _part is null && _expand is null && _limit is null;

    /// <summary>What a request asks for; null where it asks for no texts. Throws <see cref="DavException"/> for what is not told.</summary>
    public static CalendarDataRequest? Of(DavCall call, DavWanted wanted, DateTimeZone floating)
    {
        if (wanted.Element(CalDavNames.CalendarData) is not { } asked) return null;
        if (asked.Attribute("content-type")?.Value is { } type && !type.Equals("text/calendar", StringComparison.OrdinalIgnoreCase) || asked.Attribute("version")?.Value is { } version && version != "2.0")
            throw new DavException(DavError.Violated(CalDavNames.Of("supported-calendar-data")));
        return new CalendarDataRequest(asked, floating, call.Cancellation);
    }

    /// <summary>What of a text is told; null for all of it. Throws <see cref="ExpansionRefusedException"/> where it is too much.</summary>
    public ReadOnlyMemory<byte>? Of(ReadOnlyMemory<byte> text)
    {
        if (IsWhole) return null;
        var calendar = CalendarObject.Of(ICalReader.ReadCalendar(text.Span, ICalLimits.Object));
        var told = _expand is { } range ? Expanded(calendar, range) : _limit is { } limit ? Limited(calendar, limit) : calendar.Calendar;
        return ICalWriter.Write(_part?.Of(told) ?? told);
    }

    ICalComponent Expanded(CalendarObject calendar, TimeRange range)
    {
        var expansion = new ObjectExpansion(calendar, _floating);
        var told = expansion.Of(range, _left, _budget);
        _left -= told.Components.Count();
        return told;
    }

    ICalComponent Limited(CalendarObject calendar, TimeRange range)
    {
        if (calendar.Master is not { } master) return calendar.Calendar;
        var zones = calendar.Zones();
        var set = new RecurrenceSet(calendar.Components, zones, _floating);
        var kept = set.Expand(range.From, range.To, _left, _budget).Where(occurrence => occurrence.IsOverride).Select(occurrence => occurrence.Component).ToHashSet();
        // Those that were moved away from the time matter as well: they are not where the series has them.
        var plain = new RecurrenceSet([master], zones, _floating);
        var touched = plain.Expand(range.From, range.To, _left, _budget).Select(occurrence => occurrence.RecurrenceId).ToHashSet();
        kept.UnionWith(calendar.Instances.Where(instance => ICalTime.Of(instance.Property("RECURRENCE-ID")) is { } id && touched.Contains(set.RecurrenceIdOf(id))));
        return new ICalComponent("VCALENDAR", calendar.Calendar.Nodes.Where(node => node is not ICalComponent component || !component.Is(calendar.Kind) || component == master || kept.Contains(component)));
    }
}
