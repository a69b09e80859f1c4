using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary>The letters of contacts' ids on the wire, as <c>WireId.AddressBook</c> and so on.</summary>
static class ContactIds
{
    static readonly WireId OfAddressBooks = new('k');
    static readonly WireId OfCards = new('c');

    extension(WireId)
    {
        public static WireId AddressBook => OfAddressBooks;

        public static WireId ContactCard => OfCards;
    }
}
