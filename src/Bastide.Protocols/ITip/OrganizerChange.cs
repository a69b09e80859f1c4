using System.Globalization;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Protocols.ITip;

/// <summary>What follows, in the organizer's own object, from a change they made to it (RFC 5546 §2.1.4; RFC 6638 §3.2.8).</summary>
public static class OrganizerChange
{
    static readonly string[] Times = ["DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "RDATE"];
    static readonly string[] Significant = [.. Times, "EXDATE", "STATUS"];

    /// <summary>
    /// Makes <paramref name="after"/> what it has to be: its SEQUENCE grows where time or state changed, and who was asked for
    /// another time is asked again. Answers whether something was written.
    /// </summary>
    public static bool Complete(CalendarObject? before, CalendarObject after, IReadOnlySet<string> own)
    {
        if (before is null) return false;
        var set = before.Set();
        var (zonesBefore, zonesAfter) = (before.Zones(), after.Zones());
        var (isWritten, afterSet) = (false, after.Set());
        foreach (var component in after.Components.ToList())
        {
            if (Former(before, set, component, afterSet) is not { } former) continue;
            var isMoved = Differs(former, component, Times, zonesBefore, zonesAfter);
            if (!isMoved && !Differs(former, component, Significant, zonesBefore, zonesAfter)) continue;
            if (component.Sequence() <= former.Sequence())
            {
                component.Set("SEQUENCE", (former.Sequence() + 1).ToString(CultureInfo.InvariantCulture));
                isWritten = true;
            }

            if (isMoved) isWritten |= AskAgain(component, own);
        }

        return isWritten;
    }

    /// <summary>Puts the answers that are known into an object that was written without knowing them (RFC 6638 §3.2.10). Answers whether something was written.</summary>
    public static bool KeepAnswers(CalendarObject before, CalendarObject after, IReadOnlySet<string> own)
    {
        var (set, afterSet) = (before.Set(), after.Set());
        var isWritten = false;
        foreach (var component in after.Components)
        {
            if (Former(before, set, component, afterSet) is not { } former) continue;
            foreach (var attendee in component.PropertiesOf("ATTENDEE").Where(attendee => !own.Contains(CalendarAddress.Key(attendee.Value))).ToList())
            {
                if (former.Attendee(attendee.Value) is not { } known || known.Status() == attendee.Status()) continue;
                component.Replace(attendee, attendee.WithParameter("PARTSTAT", known.Parameter("PARTSTAT")));
                isWritten = true;
            }
        }

        return isWritten;
    }

    /// <summary>What a component was: the same instance, or what the series made of it.</summary>
    internal static ICalComponent? Former(CalendarObject before, RecurrenceSet set, ICalComponent component, RecurrenceSet ownSet)
    {
        if (ICalTime.Of(component.Property("RECURRENCE-ID")) is not { } id) return before.Master;
        var name = ownSet.Master is null ? set.RecurrenceIdOf(id) : ownSet.RecurrenceIdOf(id);
        return set.InstanceOf(name) ?? before.Master?.InstanceFrom(name);
    }

    /// <summary>Whether two components say something else of their times: the same moment in other words is the same.</summary>
    internal static bool IsMoved(ICalComponent one, ICalComponent other, ICalTimeZones zonesOfOne, ICalTimeZones zonesOfOther) => Differs(one, other, Times, zonesOfOne, zonesOfOther);

    static bool AskAgain(ICalComponent component, IReadOnlySet<string> own)
    {
        var isWritten = false;
        var organizer = component.Property("ORGANIZER")?.Value;
        foreach (var attendee in component.PropertiesOf("ATTENDEE").ToList())
        {
            if (own.Contains(CalendarAddress.Key(attendee.Value)) || (organizer is not null && CalendarAddress.IsSame(organizer, attendee.Value))) continue;
            if (attendee.Status() is "NEEDS-ACTION" or "DELEGATED") continue;
            component.Replace(attendee, attendee.WithParameter("PARTSTAT", "NEEDS-ACTION").WithParameter("RSVP", "TRUE"));
            isWritten = true;
        }

        return isWritten;
    }

    static bool Differs(ICalComponent one, ICalComponent other, string[] names, ICalTimeZones zonesOfOne, ICalTimeZones zonesOfOther) =>
        names.Any(name => !Values(one, name, zonesOfOne).SequenceEqual(Values(other, name, zonesOfOther), StringComparer.OrdinalIgnoreCase));

    static IEnumerable<string> Values(ICalComponent component, string name, ICalTimeZones zones)
    {
        if (name == "STATUS") return [component.IsCancelled() ? "CANCELLED" : ""];
        if (name is "DTEND" or "DURATION") return name == "DURATION" ? [] : [LengthOf(component, zones)];
        return component.PropertiesOf(name).SelectMany(property => name switch
        {
            "RRULE" => [string.Join(';', property.Value.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0).Order(StringComparer.OrdinalIgnoreCase))],
            "DTSTART" or "DUE" or "EXDATE" or "RDATE" => property.Value.Split(',').Select(value => Moment(value, property.Parameter("TZID"), zones)),
            _ => [property.Value],
        }).Order(StringComparer.Ordinal);
    }

    /// <summary>How long it takes, whether it is said by its end or its length.</summary>
    static string LengthOf(ICalComponent component, ICalTimeZones zones)
    {
        if (ICalTime.Of(component.Property("DTSTART")) is not { } start) return "";
        if (ICalTime.Of(component.Property("DTEND")) is { } end) return (zones.Resolve(end, DateTimeZone.Utc) - zones.Resolve(start, DateTimeZone.Utc)).ToString();
        if (ICalDuration.Parse(component.Property("DURATION")?.Value) is { } length) return (length.AddTo(start.Local, zones.ZoneOf(start, DateTimeZone.Utc)) - zones.Resolve(start, DateTimeZone.Utc)).ToString();
        return (start.IsDate ? Duration.FromDays(1) : Duration.Zero).ToString();
    }

    static string Moment(string value, string? tzid, ICalTimeZones zones)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (ICalTime.Parse(slash < 0 ? value : value.AsSpan(0, slash), tzid) is not { } time) return value;
        var rest = slash < 0 ? "" : value[slash..];
        return (zones.IsFloating(time) ? time.Value : zones.Resolve(time, DateTimeZone.Utc).ToString()) + rest;
    }
}
