using System.Xml.Linq;

namespace Bastide.Contacts.Dav;

/// <summary>The names of CardDAV's elements and properties (RFC 6352).</summary>
static class CardDavNames
{
    public static readonly XNamespace CardDav = "urn:ietf:params:xml:ns:carddav";

    /// <summary>RFC 6352 §5.2.</summary>
    public static readonly XName AddressBook = CardDav + "addressbook";

    /// <summary>RFC 6352 §6.2.1.</summary>
    public static readonly XName Description = CardDav + "addressbook-description";

    /// <summary>RFC 6352 §6.2.2.</summary>
    public static readonly XName SupportedAddressData = CardDav + "supported-address-data";

    /// <summary>RFC 6352 §10.4.</summary>
    public static readonly XName AddressData = CardDav + "address-data";

    public static XName Of(string local) => CardDav + local;
}
