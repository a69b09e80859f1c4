using Bastide.Platform.Accounts;

namespace Bastide.Drive.Tests;

/// <summary>Somebody of a <see cref="DriveWorkplace"/>.</summary>
public sealed class DrivePerson(HttpClient http, AccountId account, string address) : JmapSpeaker(http, account, address, AllCapabilities)
{
    static readonly string[] AllCapabilities =
        ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:filenode", "urn:ietf:params:jmap:principals", "urn:bastide:jmap:files", "urn:ietf:params:jmap:blob", "urn:ietf:params:jmap:quota"];

    /// <summary>They themselves, signed in.</summary>
    public Caller Caller { get; } = DatabaseFixture.CallerOf(account, address);
}
