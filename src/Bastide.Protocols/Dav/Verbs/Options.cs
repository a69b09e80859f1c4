using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>OPTIONS</c>: what can be done here. RFC 4918 §10.1, §18; RFC 9110 §9.3.7.</summary>
static class Options
{
    public static async ValueTask Handle(DavCall call)
    {
        var node = await call.Target();
        var headers = call.Http.Response.Headers;
        headers["DAV"] = call.Table.Compliance(await call.IsLockable());
        // Without it the web folders of Windows take the server for another kind.
        headers["MS-Author-Via"] = "DAV";
        headers.Allow = string.Join(", ", call.Table.Verbs(node));
        headers.ContentLength = 0;
        await call.Answer(StatusCodes.Status200OK);
    }
}
