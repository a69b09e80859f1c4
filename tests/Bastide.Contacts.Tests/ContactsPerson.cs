using Bastide.Platform.Accounts;

namespace Bastide.Contacts.Tests;

/// <summary>Somebody of a <see cref="ContactsWorkplace"/>.</summary>
public sealed class ContactsPerson(HttpClient http, AccountId account, string address) : JmapSpeaker(http, account, address, AllCapabilities)
{
    static readonly string[] AllCapabilities = ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:contacts", "urn:ietf:params:jmap:principals", "urn:bastide:jmap:recipients", "urn:ietf:params:jmap:blob", "urn:ietf:params:jmap:quota"];

    /// <summary>They themselves, signed in.</summary>
    public Caller Caller { get; } = DatabaseFixture.CallerOf(account, address);
}
