using Bastide.Protocols.Dav.Headers;
using Bastide.Protocols.Dav.Locks;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>DELETE</c>: destroys a node and all below it, or nothing of it. RFC 4918 §9.6.</summary>
static class Delete
{
    public static async ValueTask Handle(DavCall call)
    {
        if (await call.Target() is not { } node)
        {
            await call.Answer(DavError.NotFound);
            return;
        }

        if (node.IsCollection && DepthHeader.Read(call.Http.Request, Depth.Infinity) != Depth.Infinity)
        {
            await call.Answer(DavError.BadRequest("A collection goes with all that is in it: Depth is infinity."));
            return;
        }

        if (await node.Delete(call, await call.Guard(node, DavReach.Branch)) is { } refused)
        {
            await call.Answer(refused);
            return;
        }

        if (node.IsLockable && LockPlace.Of(node) is { } place) await call.Engine.Locks.Forget(place, call.Cancellation);
        await call.Answer(StatusCodes.Status204NoContent);
    }
}
