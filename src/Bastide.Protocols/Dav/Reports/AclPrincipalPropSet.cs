using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav.Principals;

namespace Bastide.Protocols.Dav.Reports;

/// <summary><c>DAV:acl-principal-prop-set</c>: properties of the principals that the access control list of a node names. RFC 3744 §9.2.</summary>
static class AclPrincipalPropSet
{
    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        if (!node.Rights.HasFlag(Rights.Manage) || await node.Shared!.Grants(call) is not { } grants)
        {
            await call.Answer(DavError.NeedPrivileges(node, DavNames.Of("read-acl")));
            return;
        }

        List<AccountId> accounts = [.. grants.Select(grant => grant.Grantee).Prepend(node.Home!.Account).Distinct()];
        var entries = await call.Engine.Directory.Find(accounts, call.Cancellation);
        using var answer = call.BeginMultistatus(call.Wanted(body));
        await answer.Write([.. entries.Where(entry => !entry.Disabled).Select(entry => PrincipalTree.Principal(call, entry))]);
        await answer.End();
    }
}
