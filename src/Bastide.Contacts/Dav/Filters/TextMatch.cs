using System.Xml.Linq;
using Bastide.Protocols.Dav;

namespace Bastide.Contacts.Dav.Filters;

/// <summary>A <c>CARDDAV:text-match</c> (RFC 6352 §10.5.4).</summary>
/// <param name="Text">The text that is looked for, as its collation compares it.</param>
/// <param name="Collation">The collation.</param>
/// <param name="Compare">How it must stand in the value.</param>
/// <param name="IsNegated">Whether it must not stand there so.</param>
sealed record TextMatch(string Text, DavCollation Collation, Func<string, string, bool> Compare, bool IsNegated)
{
    /// <summary>Reads the element. Throws <see cref="DavException"/> for a collation nobody knows.</summary>
    public static TextMatch Read(XElement element)
    {
        var collation = DavCollation.Find(element.Attribute("collation")?.Value ?? DavCollation.UnicodeCasemap.Name) ?? throw new DavException(DavError.Violated(CardDavNames.Of("supported-collation")));
        Func<string, string, bool> compare = element.Attribute("match-type")?.Value switch
        {
            null or "contains" => (value, text) => value.Contains(text, StringComparison.Ordinal),
            "equals" => string.Equals,
            "starts-with" => (value, text) => value.StartsWith(text, StringComparison.Ordinal),
            "ends-with" => (value, text) => value.EndsWith(text, StringComparison.Ordinal),
            _ => throw new DavException(DavError.BadRequest("match-type is equals, contains, starts-with or ends-with.")),
        };
        return new TextMatch(collation.KeyOf(element.Value), collation, compare, element.Attribute("negate-condition")?.Value == "yes");
    }

    /// <summary>Whether a value is as asked.</summary>
    public bool Matches(string value) => Compare(Collation.KeyOf(value), Text) != IsNegated;
}
