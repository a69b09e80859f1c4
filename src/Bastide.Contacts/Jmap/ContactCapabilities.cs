using System.Text.Json.Nodes;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;

namespace Bastide.Contacts.Jmap;

/// <summary>What the session says of contacts, for each account by the caller's rights on it. RFC 9610 §1.4.1.</summary>
static class ContactCapabilities
{
    public const string Contacts = "urn:ietf:params:jmap:contacts";

    /// <summary>The method <c>Recipient/suggest</c>; see docs/protocols/contacts.md.</summary>
    public const string Recipients = "urn:bastide:jmap:recipients";

    /// <summary>Contacts are there for whoever reaches the account, whole or some of its address books.</summary>
    public static JsonObject? OfContacts(Caller caller, Account account, Rights rights) => !caller.May(ContactRights.Scope) ? null : new JsonObject
    {
        ["maxAddressBooksPerCard"] = null,
        ["mayCreateAddressBook"] = rights.HasFlag(Rights.Manage),
    };

    /// <summary>Recipients are suggested to whoever may send in the account's name.</summary>
    public static JsonObject? OfRecipients(Caller caller, Account account, Rights rights) =>
        caller.May(ContactRights.Scope) && rights.HasFlag(Rights.Submit | Rights.Read) ? [] : null;
}
