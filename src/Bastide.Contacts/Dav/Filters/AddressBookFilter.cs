using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Dav.Filters;

/// <summary>A <c>CARDDAV:filter</c> (RFC 6352 §10.5): what is looked for in cards.</summary>
/// <param name="IsAllOf">Whether every condition must hold, or one is enough.</param>
/// <param name="Properties">The conditions; without any, every card matches.</param>
sealed record AddressBookFilter(bool IsAllOf, IReadOnlyList<PropFilter> Properties)
{
    /// <summary>The most elements of a filter: every one is looked for in every card.</summary>
    const int Most = 200;

    /// <summary>Every card.</summary>
    public static AddressBookFilter All { get; } = new(true, []);

    /// <summary>Reads the element. Throws <see cref="DavException"/> for what is none.</summary>
    public static AddressBookFilter Read(XElement element)
    {
        if (element.Descendants().Skip(Most).Any()) throw new DavException(DavError.BadRequest($"A filter has at most {Most} elements."));
        return new(ReadTest(element), [.. element.Elements().Select(child => child.Name == CardDavNames.Of("prop-filter") ? PropFilter.Read(child) : throw Unsupported(child))]);
    }

    /// <summary>Whether a card is what is looked for.</summary>
    public bool Matches(Card card)
    {
        if (Properties.Count == 0) return true;
        return IsAllOf ? Properties.All(property => property.Matches(card)) : Properties.Any(property => property.Matches(card));
    }

    /// <summary>The attribute <c>test</c>; <c>anyof</c> where there is none.</summary>
    public static bool ReadTest(XElement element) => element.Attribute("test")?.Value switch
    {
        null or "anyof" => false,
        "allof" => true,
        _ => throw new DavException(DavError.BadRequest("test is anyof or allof.")),
    };

    /// <summary>The attribute <c>name</c>.</summary>
    public static string ReadName(XElement element) =>
        element.Attribute("name")?.Value is { Length: > 0 } name ? name : throw new DavException(DavError.BadRequest($"{element.Name.LocalName} has a name."));

    /// <summary>The answer to what the specification does not know (RFC 6352 §8.6).</summary>
    public static DavException Unsupported(XElement element) => new(DavError.Violated(CardDavNames.Of("supported-filter")) with { Content = xml => xml.Empty(element.Name) });
}
