using Bastide.Protocols.Dav.Headers;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary>
/// <c>PROPFIND</c>: tells properties of a node and of its members, as they are read. RFC 4918 §9.1. All that is below a
/// collection at once is refused (§9.1: <c>propfind-finite-depth</c>).
/// </summary>
static class Propfind
{
    public static async ValueTask Handle(DavCall call)
    {
        var depth = DepthHeader.Read(call.Http.Request, Depth.Infinity);
        var body = await call.ReadXml();
        if (body is not null && body.Name != DavNames.Of("propfind"))
        {
            await call.Answer(DavError.BadRequest("The body of PROPFIND is a DAV:propfind."));
            return;
        }

        var wanted = call.Engine.Wanted(body);
        var node = await call.Find(call.Path, wanted);
        if (node is null)
        {
            await call.Answer(DavError.NotFound);
            return;
        }

        if (depth == Depth.Infinity && node.IsCollection)
        {
            await call.Answer(DavError.Violated(DavNames.Of("propfind-finite-depth")));
            return;
        }

        // Interop: Thunderbird looks for "calendar-access" here rather than at OPTIONS.
        call.Http.Response.Headers["DAV"] = call.Table.Compliance(node.IsLockable);
        using var answer = call.BeginMultistatus(wanted);
        await answer.Write([node]);
        if (depth == Depth.One && node is DavCollection collection)
            await foreach (var members in collection.Members(call, wanted))
                await answer.Write(members);
        await answer.End();
    }
}
