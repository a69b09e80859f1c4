using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary>The methods, types and capabilities of RFC 9670, each method in the file of its name. The principals are in everybody's own account.</summary>
sealed class PrincipalMethods(Principals principals, ShareNotifications notifications, IEnumerable<IPrincipalCapability> said) : IJmapMethods
{
    const string Capability = "urn:ietf:params:jmap:principals";
    const string Owner = "urn:ietf:params:jmap:principals:owner";

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Capability, _ => [], (caller, account, _) => account.Id == caller.Person ? new JsonObject { ["currentUserPrincipalId"] = PrincipalJson.Id(account.Id) } : null);
        table.AddCapability(Owner, _ => null, OwnerOf);
        table.AddType(ShareNotifications.Type, Capability);

        var json = new PrincipalJson(new SessionAccount(table), [.. said]);
        table.Add("Principal/get", Capability, new PrincipalGet(principals, json).Handle);
        table.Add("Principal/changes", Capability, new PrincipalChanges(principals).Handle);
        table.Add("Principal/set", Capability, new PrincipalSet(principals).Handle);
        table.Add("Principal/query", Capability, new PrincipalQuery(principals, json).Handle);
        table.Add("Principal/queryChanges", Capability, PrincipalQueryChanges.Handle);
        table.Add("ShareNotification/get", Capability, new ShareNotificationGet(notifications).Handle);
        table.Add("ShareNotification/changes", Capability, new ShareNotificationChanges(notifications).Handle);
        table.Add("ShareNotification/set", Capability, new ShareNotificationSet(notifications).Handle);
        table.Add("ShareNotification/query", Capability, new ShareNotificationQuery(notifications).Handle);
        table.Add("ShareNotification/queryChanges", Capability, new ShareNotificationQueryChanges(notifications).Handle);
    }

    static JsonObject? OwnerOf(Caller caller, Account account, Rights rights) => account.Kind == AccountKind.System ? null : new JsonObject
    {
        ["accountIdForPrincipal"] = caller.Person.ToString(),
        ["principalId"] = PrincipalJson.Id(account.Id),
    };
}
