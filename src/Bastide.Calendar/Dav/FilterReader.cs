using System.Xml.Linq;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>Reads a <c>CALDAV:filter</c> (RFC 4791 §9.7), within bounds. Throws <see cref="DavException"/> for one that is none.</summary>
sealed class FilterReader
{
    const int MostLevels = 8;
    const int MostFilters = 200;
    static readonly XName NotDefined = CalDavNames.Of("is-not-defined");
    static readonly XName Range = CalDavNames.Of("time-range");
    static readonly XName Match = CalDavNames.Of("text-match");
    static readonly XName OfComponent = CalDavNames.Of("comp-filter");
    static readonly XName OfProperty = CalDavNames.Of("prop-filter");
    static readonly XName OfParameter = CalDavNames.Of("param-filter");

    int _filters;

    /// <summary>The filter of a request.</summary>
    public static ComponentFilter Read(XElement body)
    {
        if (body.Element(CalDavNames.Of("filter"))?.Elements().ToList() is not [var root] || root.Name != OfComponent) throw Invalid("A filter is a comp-filter of VCALENDAR.");
        var filter = new FilterReader().Component(root, 0);
        if (filter.Name != "VCALENDAR" || filter.IsNotDefined || filter.Range is not null) throw Invalid("A filter is a comp-filter of VCALENDAR.");
        return filter;
    }

    ComponentFilter Component(XElement element, int level)
    {
        Count();
        if (level == MostLevels) throw Invalid($"Filters stand at most {MostLevels} levels deep.");
        Known(element, NotDefined, Range, OfProperty, OfComponent);
        return new ComponentFilter(
            NameOf(element).ToUpperInvariant(),
            IsNotDefined(element),
            element.Element(Range) is { } range ? TimeRange.Read(range) : null,
            [.. element.Elements(OfProperty).Select(Property)],
            [.. element.Elements(OfComponent).Select(inner => Component(inner, level + 1))]);
    }

    PropertyFilter Property(XElement element)
    {
        Count();
        Known(element, NotDefined, Range, Match, OfParameter);
        return new PropertyFilter(
            NameOf(element), IsNotDefined(element), element.Element(Range) is { } range ? TimeRange.Read(range) : null, Text(element), [.. element.Elements(OfParameter).Select(Parameter)]);
    }

    ParameterFilter Parameter(XElement element)
    {
        Count();
        Known(element, NotDefined, Match);
        return new ParameterFilter(NameOf(element), IsNotDefined(element), Text(element));
    }

    static TextMatch? Text(XElement element) => element.Element(Match) is { } match ? TextMatch.Read(match) : null;

    static bool IsNotDefined(XElement element)
    {
        if (element.Element(NotDefined) is null) return false;
        return element.Elements().Count() == 1 ? true : throw Invalid("What is not defined has nothing else.");
    }

    static string NameOf(XElement element) => element.Attribute("name")?.Value is { Length: > 0 } name ? name : throw Invalid($"{element.Name.LocalName} has a name.");

    static void Known(XElement element, params ReadOnlySpan<XName> names)
    {
        foreach (var inner in element.Elements())
            if (!names.Contains(inner.Name))
                throw new DavException(DavError.Violated(CalDavNames.Of("supported-filter")) with { Content = xml => xml.Empty(inner.Name) });
    }

    void Count()
    {
        if (++_filters > MostFilters) throw Invalid($"There are at most {MostFilters} filters in a request.");
    }

    static DavException Invalid(string text) => new(DavError.Violated(CalDavNames.Of("valid-filter"), text));
}
