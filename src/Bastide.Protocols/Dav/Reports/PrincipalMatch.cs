using System.Xml.Linq;

namespace Bastide.Protocols.Dav.Reports;

/// <summary>
/// <c>DAV:principal-match</c>: the members that are the caller or a team the caller is in, or that name one of them in a
/// property. RFC 3744 §9.3.
/// </summary>
static class PrincipalMatch
{
    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        var property = body.Element(DavNames.Of("principal-property"))?.Elements().FirstOrDefault()?.Name;
        if (property is null && body.Element(DavNames.Of("self")) is null)
        {
            await call.Answer(DavError.BadRequest("DAV:principal-match asks for DAV:self or for a DAV:principal-property."));
            return;
        }

        var teams = await call.Engine.Teams.TeamsOf(call.Caller.Person, call.Cancellation);
        var self = teams.Select(team => call.PrincipalHref(team.Address)).Append(call.PrincipalHref(call.Caller.Address)).ToHashSet();
        var wanted = call.Wanted(body);
        using var answer = call.BeginMultistatus(wanted);
        await foreach (var page in ((DavCollection)node).Members(call, wanted))
        {
            var matching = new List<DavNode>();
            foreach (var member in page)
                if (property is null ? self.Contains(member.Href) : await Names(call, member, property, self))
                    matching.Add(member);
            await answer.Write(matching);
        }

        await answer.End();
    }

    static async ValueTask<bool> Names(DavCall call, DavNode node, XName property, HashSet<string> principals) =>
        call.Table.Property(property, node.GetType()) is { } live && live.MayRead?.Invoke(node) != false
        && await live.HrefsOf(call, node) is { } hrefs && hrefs.Any(principals.Contains);
}
