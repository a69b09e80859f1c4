namespace Bastide.Protocols.ICalendar;

/// <summary>
/// A calendar object (RFC 4791 §4.1): one event, task or journal entry with the components of its instances, and the zones
/// they name, within one VCALENDAR.
/// </summary>
public sealed class CalendarObject
{
    /// <summary>The longest UID that is taken, in characters.</summary>
    public const int LongestUid = 1000;

    static readonly string[] Kinds = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"];

    CalendarObject(ICalComponent calendar, string kind, string uid)
    {
        Calendar = calendar;
        Kind = kind;
        Uid = uid;
    }

    /// <summary>The VCALENDAR.</summary>
    public ICalComponent Calendar { get; }

    /// <summary>The name of its components, upper-case.</summary>
    public string Kind { get; }

    /// <summary>The UID they have in common.</summary>
    public string Uid { get; }

    /// <summary>The components of the UID, that of the series and those of its instances.</summary>
    public IEnumerable<ICalComponent> Components => Calendar.ComponentsOf(Kind);

    /// <summary>The component of the series, or of what does not recur; null where only instances are known.</summary>
    public ICalComponent? Master => Components.FirstOrDefault(component => component.Property("RECURRENCE-ID") is null);

    /// <summary>The components of single instances.</summary>
    public IEnumerable<ICalComponent> Instances => Components.Where(component => component.Property("RECURRENCE-ID") is not null);

    /// <summary>Its zones.</summary>
    public ICalTimeZones Zones(CancellationToken cancellation = default) => new(Calendar, cancellation);

    /// <summary>
    /// A VCALENDAR as an object. Throws <see cref="ICalFormatException"/> where it holds things of several kinds or UIDs, none,
    /// or two that say they are the series, and where what it holds has no time that can be read.
    /// </summary>
    public static CalendarObject Of(ICalComponent calendar)
    {
        var components = calendar.Components.Where(component => Kinds.Contains(component.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (components.Count == 0) throw new ICalFormatException(calendar.Line, "There is no event, task or journal entry in it.");
        var kind = components[0].Name.ToUpperInvariant();
        if (components.Find(component => !component.Is(kind)) is { } other) throw new ICalFormatException(other.Line, $"{other.Name} stands beside {kind}: an object has components of one kind.");
        var uid = components[0].Text("UID");
        if (string.IsNullOrWhiteSpace(uid)) throw new ICalFormatException(components[0].Line, $"{kind} has no UID.");
        if (uid.Length > LongestUid) throw new ICalFormatException(components[0].Line, $"The UID has more than {LongestUid} characters.");
        foreach (var component in components) Check(component, uid);
        var masters = components.Where(component => component.Property("RECURRENCE-ID") is null).ToList();
        if (masters.Count > 1) throw new ICalFormatException(masters[1].Line, $"A second {kind} has the same UID and no RECURRENCE-ID.");
        return new CalendarObject(calendar, kind, uid);
    }

    static void Check(ICalComponent component, string uid)
    {
        if (component.Text("UID") != uid) throw new ICalFormatException(component.Line, "An object has one UID, and here is another.");
        foreach (var name in new[] { "DTSTART", "DTEND", "DUE", "RECURRENCE-ID" })
            if (component.Property(name) is { } property && ICalTime.Of(property) is null)
                throw new ICalFormatException(property.Line, $"{name} is no date or time.");
        if (component.Is("VEVENT") && component.Property("DTSTART") is null && component.Property("RECURRENCE-ID") is null)
            throw new ICalFormatException(component.Line, "VEVENT has no DTSTART.");
        foreach (var rule in component.PropertiesOf("RRULE"))
            if (RecurrenceRule.Parse(rule.Value) is null)
                throw new ICalFormatException(rule.Line, "RRULE is no rule.");
    }
}
