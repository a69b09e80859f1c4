using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>The types of item that contacts tell changes of, by their JMAP names (RFC 9610).</summary>
public static class ContactTypes
{
    /// <summary>Address books (RFC 9610 §2).</summary>
    public static DataType AddressBook { get; } = new("AddressBook");

    /// <summary>Cards (RFC 9610 §3).</summary>
    public static DataType ContactCard { get; } = new("ContactCard");
}
