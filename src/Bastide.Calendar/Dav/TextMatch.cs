using System.Xml.Linq;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>A <c>CALDAV:text-match</c>: a text must hold another, or must not (RFC 4791 §9.7.5).</summary>
/// <param name="Text">What is looked for, as its collation compares it.</param>
/// <param name="Collation">How texts are compared.</param>
/// <param name="IsNegated">Whether it must not be there.</param>
sealed record TextMatch(string Text, DavCollation Collation, bool IsNegated)
{
    /// <summary>Reads the element. Throws <see cref="DavException"/> for a collation nobody knows.</summary>
    public static TextMatch Read(XElement element)
    {
        var collation = DavCollation.Find(element.Attribute("collation")?.Value ?? "i;ascii-casemap") ?? throw new DavException(DavError.Violated(CalDavNames.Of("supported-collation")));
        return new TextMatch(collation.KeyOf(element.Value), collation, element.Attribute("negate-condition")?.Value == "yes");
    }

    /// <summary>Whether any of the values holds it, or none where it must not be there.</summary>
    public bool Matches(IEnumerable<string> values) => values.Any(value => Collation.KeyOf(value).Contains(Text, StringComparison.Ordinal)) != IsNegated;
}
