using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>Somebody who speaks JMAP to a <see cref="JmapWorkplace"/>.</summary>
sealed class JmapPerson(JmapWorkplace workplace, HttpClient http, AccountId account, string address) : JmapSpeaker(http, account, address, AllCapabilities)
{
    static readonly string[] AllCapabilities =
    [
        "urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail", "urn:ietf:params:jmap:submission",
        "urn:ietf:params:jmap:vacationresponse", "urn:ietf:params:jmap:blob", "urn:bastide:jmap:safe-html",
    ];

    public JmapWorkplace Workplace => workplace;

    /// <summary>The ids of the mailboxes with a role.</summary>
    public async Task<Dictionary<string, string>> Roles()
    {
        var answer = await Call("Mailbox/get", []);
        return answer["list"]!.AsArray().Where(m => m!["role"] is not null).ToDictionary(m => (string)m!["role"]!, m => (string)m!["id"]!);
    }
}
