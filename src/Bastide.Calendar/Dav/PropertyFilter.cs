using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Dav;

/// <summary>A <c>CALDAV:prop-filter</c>: what a component must have, or must not (RFC 4791 §9.7.2).</summary>
/// <param name="Name">The property.</param>
/// <param name="IsNotDefined">Whether there must be none.</param>
/// <param name="Range">The time its value must be in, or null.</param>
/// <param name="Text">What its value must hold, or null.</param>
/// <param name="Parameters">What its parameters must be.</param>
sealed record PropertyFilter(string Name, bool IsNotDefined, TimeRange? Range, TextMatch? Text, IReadOnlyList<ParameterFilter> Parameters)
{
    /// <summary>Whether a component fulfils it.</summary>
    /// <param name="component">The component.</param>
    /// <param name="isInRange">Whether the value of a property is in a time.</param>
    public bool Matches(ICalComponent component, Func<ICalProperty, TimeRange, bool> isInRange)
    {
        var properties = component.PropertiesOf(Name);
        return IsNotDefined ? !properties.Any() : properties.Any(property => Matches(property, isInRange));
    }

    bool Matches(ICalProperty property, Func<ICalProperty, TimeRange, bool> isInRange) =>
        (Range is null || isInRange(property, Range)) && (Text is null || Text.Matches([property.Text])) && Parameters.All(parameter => parameter.Matches(property));
}
