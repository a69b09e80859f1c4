using Bastide.Protocols.Dav.Xml;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>PROPPATCH</c>: sets and removes properties, all of them or none. RFC 4918 §9.2, RFC 8144 §2.2.</summary>
static class Proppatch
{
    public static async ValueTask Handle(DavCall call)
    {
        var body = await call.ReadXml();
        if (body?.Name != DavNames.Of("propertyupdate"))
        {
            await call.Answer(DavError.BadRequest("The body of PROPPATCH is a DAV:propertyupdate."));
            return;
        }

        if (await call.Target() is not { } node)
        {
            await call.Answer(DavError.NotFound);
            return;
        }

        var update = PropertyUpdate.Read(call, body);
        update.CheckOn(node);
        var guard = await call.Guard(node, DavReach.Node);
        if (!update.IsRefused && await node.Patch(call, update.Changes, guard) is { } error) update.Refuse(error);
        if (call.Prefer.IsMinimal && !update.IsRefused)
        {
            call.Http.Response.Headers["Preference-Applied"] = "return=minimal";
            await call.Answer(StatusCodes.Status200OK);
            return;
        }

        await update.AnswerMultistatus(node.Href);
    }
}
