using System.Xml.Linq;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Dav.Filters;

/// <summary>A <c>CARDDAV:prop-filter</c> (RFC 6352 §10.5.1): a property that is there with what is asked of it, or is not there.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Group">The group it must be of, or null.</param>
/// <param name="IsNotDefined">Whether there must be none.</param>
/// <param name="IsAllOf">Whether every condition must hold, or one is enough.</param>
/// <param name="Texts">What is asked of its value.</param>
/// <param name="Parameters">What is asked of its parameters.</param>
sealed record PropFilter(string Name, string? Group, bool IsNotDefined, bool IsAllOf, IReadOnlyList<TextMatch> Texts, IReadOnlyList<ParamFilter> Parameters)
{
    /// <summary>Reads the element.</summary>
    public static PropFilter Read(XElement element)
    {
        var (group, name) = AddressBookFilter.ReadName(element).Split('.', 2) is [var first, var second] ? (first, second) : (null, AddressBookFilter.ReadName(element));
        var filter = new PropFilter(name, group, element.Element(CardDavNames.Of("is-not-defined")) is not null, AddressBookFilter.ReadTest(element), [], []);
        var (texts, parameters) = (new List<TextMatch>(), new List<ParamFilter>());
        foreach (var child in element.Elements())
        {
            if (child.Name == CardDavNames.Of("text-match")) texts.Add(TextMatch.Read(child));
            else if (child.Name == CardDavNames.Of("param-filter")) parameters.Add(ParamFilter.Read(child));
            else if (child.Name != CardDavNames.Of("is-not-defined")) throw AddressBookFilter.Unsupported(child);
        }

        return filter with { Texts = texts, Parameters = parameters };
    }

    /// <summary>Whether the card has such a property.</summary>
    public bool Matches(Card card)
    {
        var found = card.All(Name).Where(property => Group is null || Group.Equals(property.Group, StringComparison.OrdinalIgnoreCase));
        return IsNotDefined ? !found.Any() : found.Any(Matches);
    }

    bool Matches(CardProperty property)
    {
        if (Texts.Count + Parameters.Count == 0) return true;
        return IsAllOf
            ? Texts.All(text => text.Matches(property.Text)) && Parameters.All(parameter => parameter.Matches(property))
            : Texts.Any(text => text.Matches(property.Text)) || Parameters.Any(parameter => parameter.Matches(property));
    }
}
