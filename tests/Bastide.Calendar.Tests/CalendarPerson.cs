using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Tests;

/// <summary>Somebody of a <see cref="CalendarWorkplace"/>.</summary>
public sealed class CalendarPerson(HttpClient http, AccountId account, string address) : JmapSpeaker(http, account, address, AllCapabilities)
{
    static readonly string[] AllCapabilities =
    [
        "urn:ietf:params:jmap:core", "urn:ietf:params:jmap:calendars", "urn:ietf:params:jmap:calendars:parse", "urn:ietf:params:jmap:principals",
        "urn:ietf:params:jmap:principals:availability", "urn:ietf:params:jmap:principals:owner", "urn:ietf:params:jmap:blob", "urn:bastide:jmap:calendars",
    ];

    /// <summary>They themselves, signed in.</summary>
    public Caller Caller { get; } = DatabaseFixture.CallerOf(account, address);
}
