using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Dav;

/// <summary>A time between two moments in UTC; either may be open (RFC 4791 §9.9).</summary>
/// <param name="Start">The first moment, or null.</param>
/// <param name="End">The first that is not in it any more, or null.</param>
sealed record TimeRange(Instant? Start, Instant? End)
{
    // As far as clocks are looked at: beyond, nothing has a time zone.
    static readonly Instant First = Instant.FromUtc(2, 1, 1, 0, 0);
    static readonly Instant Last = Instant.FromUtc(9998, 1, 1, 0, 0);

    /// <summary>The beginning, however far.</summary>
    public Instant From => Start ?? First;

    /// <summary>The end, however far.</summary>
    public Instant To => End ?? Last;

    /// <summary>Whether it has both ends.</summary>
    public bool IsClosed => Start is not null && End is not null;

    /// <summary>Reads an element with <c>start</c> and <c>end</c>. Throws <see cref="DavException"/>.</summary>
    /// <param name="element">The element.</param>
    /// <param name="needsBoth">Whether neither may be missing.</param>
    public static TimeRange Read(XElement element, bool needsBoth = false)
    {
        var (start, end) = (Moment(element, "start"), Moment(element, "end"));
        if (start is null && end is null || needsBoth && (start is null || end is null)) throw Invalid($"{element.Name.LocalName} has a start and an end in UTC.");
        return start >= end ? throw Invalid("The end is after the start.") : new TimeRange(start, end);
    }

    /// <summary>Whether it holds a moment.</summary>
    public bool Holds(Instant moment) => moment >= From && moment < To;

    static Instant? Moment(XElement element, string name)
    {
        if (element.Attribute(name)?.Value is not { } text) return null;
        return ICalTime.Parse(text.Trim(), null) is { Kind: ICalTimeKind.Utc } time ? ZoneRules.Resolve(time.Local, DateTimeZone.Utc) : throw Invalid($"{name} is a date with UTC time, as 20261123T093000Z.");
    }

    static DavException Invalid(string text) => new(DavError.Violated(CalDavNames.Of("valid-filter"), text));
}
