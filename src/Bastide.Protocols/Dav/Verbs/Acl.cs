using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary>
/// <c>ACL</c>: says with whom a node is shared, and for what. RFC 3744 §8.1. People and teams are granted privileges; nothing
/// is denied or inverted, and what the owner and those who reach the whole account may do is not touched.
/// </summary>
static class Acl
{
    public static async ValueTask Handle(DavCall call)
    {
        var body = await call.ReadXml();
        if (body?.Name != DavNames.Of("acl"))
        {
            await call.Answer(DavError.BadRequest("The body of ACL is a DAV:acl."));
            return;
        }

        if (await call.Target() is not { Shared: { } shared } node)
        {
            await call.AnswerNotAllowed();
            return;
        }

        var guard = await call.Guard(node, DavReach.Node);
        var grants = new Dictionary<AccountId, Rights>();
        foreach (var ace in body.Elements(DavNames.Of("ace")))
        {
            // What was read is written back by some clients: these two cannot be changed here.
            if (ace.Element(DavNames.Of("protected")) is not null || ace.Element(DavNames.Of("inherited")) is not null) continue;
            var grantee = await Grantee(call, ace);
            if (grantee == node.Home?.Account) throw new DavException(DavError.Violated(DavNames.Of("no-protected-ace-conflict")));
            grants[grantee] = grants.GetValueOrDefault(grantee) | RightsOf(call, ace);
        }

        if (await shared.SetGrants(call, grants, guard) is { } refused) await call.Answer(refused);
        else await call.Answer(StatusCodes.Status200OK);
    }

    static async ValueTask<AccountId> Grantee(DavCall call, XElement ace)
    {
        if (ace.Element(DavNames.Of("deny")) is not null) throw new DavException(DavError.Violated(DavNames.Of("grant-only")));
        if (ace.Element(DavNames.Of("invert")) is not null) throw new DavException(DavError.Violated(DavNames.Of("no-invert")));
        if (ace.Element(DavNames.Principal)?.Element(DavNames.Href)?.Value is not { } href) throw new DavException(DavError.Violated(DavNames.Of("allowed-principal")));
        return call.Resolve(href.Trim()) is { } path && await call.Find(path, DavWanted.None) is DavPrincipal principal
            ? principal.Entry.Account
            : throw new DavException(DavError.Violated(DavNames.Of("recognized-principal")));
    }

    static Rights RightsOf(DavCall call, XElement ace)
    {
        // Whoever is given anything sees that it is there.
        var rights = Rights.Lookup;
        foreach (var name in ace.Elements(DavNames.Of("grant")).Elements(DavNames.Of("privilege")).Elements().Select(privilege => privilege.Name))
            rights |= call.Table.Privileges.FirstOrDefault(privilege => privilege.Name == name)?.Needed ?? throw new DavException(DavError.Violated(DavNames.Of("not-supported-privilege")));
        return rights;
    }
}
