using Bastide.Protocols.Jmap;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Contacts.Jmap;

/// <summary>The methods, types and capabilities of RFC 9610, each method in the file of its name.</summary>
sealed class ContactJmapMethods(IServiceProvider services, ContactBlobs blobs) : IJmapMethods
{
    const string Contacts = ContactCapabilities.Contacts;
    const string Recipients = ContactCapabilities.Recipients;

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Contacts, _ => [], ContactCapabilities.OfContacts);
        table.AddCapability(Recipients, _ => [], ContactCapabilities.OfRecipients);

        table.AddType(ContactTypes.AddressBook, Contacts);
        table.AddType(ContactTypes.ContactCard, Contacts);
        table.AddQuotaType(ContactTypes.ContactCard);
        table.AddBlobLookup(ContactTypes.ContactCard, async (call, asked) =>
            (await blobs.Holders(call.Caller, call.Account, asked, call.Cancellation)).ToDictionary(found => found.Key, found => (IReadOnlyList<string>)[.. found.Value.Select(WireId.ContactCard.Write)]));

        table.Add("AddressBook/get", Contacts, Make<AddressBookGet>().Handle);
        table.Add("AddressBook/changes", Contacts, Make<AddressBookChanges>().Handle);
        table.Add("AddressBook/set", Contacts, Make<AddressBookSet>().Handle);
        table.Add("ContactCard/get", Contacts, Make<ContactCardGet>().Handle);
        table.Add("ContactCard/changes", Contacts, Make<ContactCardChanges>().Handle);
        table.Add("ContactCard/query", Contacts, Make<ContactCardQuery>().Handle);
        table.Add("ContactCard/queryChanges", Contacts, Make<ContactCardQueryChanges>().Handle);
        table.Add("ContactCard/set", Contacts, Make<ContactCardSet>().Handle);
        table.Add("ContactCard/copy", Contacts, Make<ContactCardCopy>().Handle);
        table.Add("Recipient/suggest", Recipients, Make<RecipientSuggest>().Handle);
    }

    T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);
}
