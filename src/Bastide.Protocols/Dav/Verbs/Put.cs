using System.Globalization;
using Bastide.Protocols.Dav.Headers;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>PUT</c>: makes a node or puts new content in its place. RFC 4918 §9.7, RFC 9110 §9.3.4, RFC 8144 §3.</summary>
static class Put
{
    public static async ValueTask Handle(DavCall call)
    {
        var node = await call.Target();
        if (node is not (null or DavResource))
        {
            await call.AnswerNotAllowed();
            return;
        }

        // A part of something cannot be put (RFC 9110 §14.5).
        if (call.Http.Request.Headers.ContentRange.Count > 0)
        {
            await call.Answer(DavError.BadRequest("A PUT replaces the whole: there is no Content-Range in it."));
            return;
        }

        var stored = await Store(call, node as DavResource);
        if (stored.Error is { } refused)
        {
            await Refuse(call, node, refused);
            return;
        }

        if (stored.ETag is { } etag) call.Http.Response.Headers.ETag = etag;
        if (await call.AnswerRepresentation(node is null ? StatusCodes.Status201Created : StatusCodes.Status200OK)) return;
        await call.Answer(node is null ? StatusCodes.Status201Created : StatusCodes.Status204NoContent);
    }

    static async ValueTask<DavStored> Store(DavCall call, DavResource? resource)
    {
        try
        {
            var upload = new DavUpload(call.Http.Request.Body, call.Http.Request.ContentType, LengthOf(call.Http.Request));
            if (resource is not null) return await resource.Replace(call, upload, await call.Guard(resource, DavReach.Node));
            if (call.Path.Parent is not { } above || await call.Find(above, DavWanted.None) is not DavCollection parent) return DavError.Conflict;
            return await parent.Create(call, call.Path.Name, upload, await call.GuardNew(parent, call.Path.Name));
        }
        catch (DavException refused)
        {
            return refused.Error;
        }
    }

    /// <summary>Interop: the Finder of macOS sends in chunks and says the length in a header of its own.</summary>
    static long? LengthOf(HttpRequest request) =>
        request.ContentLength ?? (long.TryParse(request.Headers["X-Expected-Entity-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out var expected) ? expected : null);

    /// <summary>Who expected something else and would rather have what is there gets it at once (RFC 8144 §3.2).</summary>
    static async ValueTask Refuse(DavCall call, DavNode? node, DavError refused)
    {
        if (refused.Status != StatusCodes.Status412PreconditionFailed || node is null || !await call.AnswerRepresentation(refused.Status)) await call.Answer(refused);
    }
}
