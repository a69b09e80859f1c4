using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Dav;

/// <summary>A <c>CALDAV:param-filter</c> (RFC 4791 §9.7.3).</summary>
/// <param name="Name">The parameter.</param>
/// <param name="IsNotDefined">Whether there must be none.</param>
/// <param name="Text">What it must hold, or null.</param>
sealed record ParameterFilter(string Name, bool IsNotDefined, TextMatch? Text)
{
    /// <summary>Whether a property fulfils it.</summary>
    public bool Matches(ICalProperty property)
    {
        var isDefined = property.Parameters.Any(parameter => parameter.Is(Name));
        return IsNotDefined ? !isDefined : isDefined && (Text is null || Text.Matches(property.ParameterValues(Name)));
    }
}
