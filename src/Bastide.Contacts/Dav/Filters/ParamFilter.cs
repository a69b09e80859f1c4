using System.Xml.Linq;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Dav.Filters;

/// <summary>A <c>CARDDAV:param-filter</c> (RFC 6352 §10.5.2): a parameter that is there with a text in it, or is not there.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="IsNotDefined">Whether there must be none.</param>
/// <param name="Text">What is asked of one of its values, or null.</param>
sealed record ParamFilter(string Name, bool IsNotDefined, TextMatch? Text)
{
    /// <summary>Reads the element.</summary>
    public static ParamFilter Read(XElement element)
    {
        var text = element.Element(CardDavNames.Of("text-match"));
        if (element.Elements().FirstOrDefault(child => child != text && child.Name != CardDavNames.Of("is-not-defined")) is { } unknown) throw AddressBookFilter.Unsupported(unknown);
        return new ParamFilter(AddressBookFilter.ReadName(element), element.Element(CardDavNames.Of("is-not-defined")) is not null, text is null ? null : TextMatch.Read(text));
    }

    /// <summary>Whether the property has such a parameter.</summary>
    public bool Matches(CardProperty property)
    {
        var values = property.All(Name);
        if (IsNotDefined) return !property.Parameters.Any(parameter => parameter.Is(Name));
        return Text is null ? property.Parameters.Any(parameter => parameter.Is(Name)) : values.Any(Text.Matches);
    }
}
