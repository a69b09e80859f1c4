using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Jmap;

/// <summary>An account as the session tells it to a caller (RFC 8620 §2).</summary>
/// <param name="table">What the server speaks.</param>
public sealed class SessionAccount(JmapMethodTable table)
{
    /// <summary>The Account object.</summary>
    public JsonObject Of(Caller caller, Account account, Rights rights)
    {
        var isOwn = account.Id == caller.Person;
        var capabilities = new JsonObject();
        foreach (var (uri, capability) in table.Capabilities)
            if (capability.PerAccount(caller, account, rights) is { } value)
                capabilities[uri] = value;
        return new JsonObject
        {
            ["name"] = isOwn ? caller.Address : account.Name,
            ["isPersonal"] = isOwn,
            ["isReadOnly"] = JmapCall.IsReadOnly(rights),
            ["accountCapabilities"] = capabilities,
        };
    }
}
