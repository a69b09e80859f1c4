using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Dav;

/// <summary>Reads what is to be set of a calendar from the properties of a request.</summary>
static class CalendarChanges
{
    static readonly Dictionary<string, XName> Names = new(StringComparer.Ordinal)
    {
        ["name"] = DavNames.DisplayName,
        ["description"] = CalDavNames.Description,
        ["color"] = CalDavNames.Color,
        ["timeZone"] = CalDavNames.TimeZone,
        ["sortOrder"] = CalDavNames.Order,
    };

    /// <summary>The DAV name of a property of JMAP, or null.</summary>
    public static XName? NameOf(string property) => Names.GetValueOrDefault(property);

    /// <summary>The change; every value has been found well-formed.</summary>
    public static CalendarUpdate Read(IReadOnlyList<DavPropertyChange> changes)
    {
        var update = new CalendarUpdate();
        var extra = new Dictionary<string, string?>();
        foreach (var change in changes)
        {
            if (change.IsDead) extra[change.Name.ToString()] = change.Xml;
            else update = Read(update, change);
        }

        return update with { Extra = extra };
    }

    /// <summary>What the calendar is to hold; null where nothing is said.</summary>
    public static CalendarKinds? Kinds(IReadOnlyList<DavPropertyChange> changes) =>
        changes.FirstOrDefault(change => change.Name == CalDavNames.Components)?.Value is { } set ? KindsOf(set) : null;

    /// <summary>The kinds that a set of components names; none of them where it names others too.</summary>
    public static CalendarKinds KindsOf(XElement set)
    {
        var kinds = CalendarKinds.None;
        foreach (var comp in set.Elements(CalDavNames.Comp))
        {
            var kind = Store.ObjectContent.KindOf(comp.Attribute("name")?.Value.ToUpperInvariant() ?? "");
            // Clients name VTIMEZONE and VFREEBUSY, which are no objects here, along with what they store.
            kinds |= kind;
        }

        return kinds;
    }

    /// <summary>The zone of IANA that an iCalendar text describes, or null (RFC 4791 §5.2.2).</summary>
    public static string? ZoneOf(string text)
    {
        try
        {
            var calendar = ICalReader.ReadCalendar(Encoding.UTF8.GetBytes(text), ICalLimits.Object);
            if (calendar.ComponentsOf("VTIMEZONE").ToList() is not [var zone] || zone.Text("TZID") is not { } id) return null;
            return TimeZoneNames.Canonical(id) ?? new ICalTimeZones(calendar).IanaId(id, NodaTime.SystemClock.Instance.GetCurrentInstant());
        }
        catch (ICalFormatException)
        {
            return null;
        }
    }

    /// <summary>A colour as Apple writes it, without its opacity.</summary>
    public static string ColorOf(string text)
    {
        var color = text.Trim();
        return color.Length == 9 && color[0] == '#' ? color[..7] : color;
    }

    static CalendarUpdate Read(CalendarUpdate update, DavPropertyChange change)
    {
        var text = change.Value is null || change.Text.Trim().Length == 0 ? null : change.Text;
        if (change.Name == DavNames.DisplayName) return update with { Name = text?.Trim() ?? "" };
        if (change.Name == CalDavNames.Description) return update with { Description = Optional.Of(text) };
        if (change.Name == CalDavNames.Color) return update with { Color = Optional.Of(text is null ? null : ColorOf(text)) };
        if (change.Name == CalDavNames.Order) return update with { SortOrder = text is null ? 0 : long.Parse(text.Trim(), CultureInfo.InvariantCulture) };
        if (change.Name == CalDavNames.TimeZone) return update with { TimeZone = Optional.Of(text is null ? null : ZoneOf(text)) };
        if (change.Name == CalDavNames.TimeZoneId) return update with { TimeZone = Optional.Of(TimeZoneNames.Canonical(text?.Trim())) };
        if (change.Name == CalDavNames.Transparency)
            return update with { Availability = change.Value?.Element(CalDavNames.Of("transparent")) is null ? CalendarAvailability.All : CalendarAvailability.None };
        return update;
    }
}
