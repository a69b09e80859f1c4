using System.Text;
using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.ITip;

/// <summary>
/// What of a component others have to know: two that are equal in it need no message. Times of writing, alarms, what programs
/// keep for themselves and what each person has of their own are left out.
/// </summary>
static class Essence
{
    static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
    {
        "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "REQUEST-STATUS", "TRANSP", "CATEGORIES", "COLOR", "JSPROP", "COMMENT", "ACKNOWLEDGED", "RELATED-TO", "EXDATE",
    };

    static readonly HashSet<string> OfAttendees = new(StringComparer.OrdinalIgnoreCase) { "CN", "ROLE", "CUTYPE", "MEMBER", "DELEGATED-TO", "DELEGATED-FROM" };

    /// <summary>The essence of a component.</summary>
    /// <param name="component">It.</param>
    /// <param name="withStatuses">Whether it matters how each person answered.</param>
    public static string Of(ICalComponent component, bool withStatuses = false)
    {
        var lines = new List<string>();
        foreach (var property in component.Properties)
            if (!LeftOut.Contains(property.Name) && (!property.Name.StartsWith("X-", StringComparison.OrdinalIgnoreCase) || property.Is("X-ALT-DESC")))
                lines.Add(Line(property, withStatuses));
        foreach (var inner in component.Components)
            if (!inner.Is("VALARM"))
                lines.Add(inner.Name + "{" + Of(inner, withStatuses) + "}");
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    static string Line(ICalProperty property, bool withStatuses)
    {
        var line = new StringBuilder(property.Name.ToUpperInvariant());
        var (isAttendee, isOrganizer) = (property.Is("ATTENDEE"), property.Is("ORGANIZER"));
        if (isOrganizer) return line.Append(':').Append(CalendarAddress.Key(property.Value)).ToString();
        foreach (var parameter in property.Parameters.OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (isAttendee && !OfAttendees.Contains(parameter.Name)) continue;
            if (parameter.Is("ROLE") && parameter.Value.Equals("REQ-PARTICIPANT", StringComparison.OrdinalIgnoreCase)) continue;
            if (parameter.Is("CUTYPE") && parameter.Value.Equals("INDIVIDUAL", StringComparison.OrdinalIgnoreCase)) continue;
            if (parameter.Name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)) continue;
            line.Append(';').Append(parameter.Name.ToUpperInvariant()).Append('=').AppendJoin(',', parameter.Values);
        }

        if (isAttendee && withStatuses) line.Append(";PARTSTAT=").Append(property.Status());
        return line.Append(':').Append(isAttendee ? CalendarAddress.Key(property.Value) : property.Value).ToString();
    }
}
