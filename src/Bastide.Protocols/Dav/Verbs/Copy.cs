using Bastide.Protocols.Dav.Headers;
using Bastide.Protocols.Dav.Locks;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>COPY</c>: a node, with all below it or without, to another address. RFC 4918 §9.8.</summary>
static class Copy
{
    public static async ValueTask Handle(DavCall call)
    {
        if (await call.Target() is not { } source)
        {
            await call.Answer(DavError.NotFound);
            return;
        }

        var depth = DepthHeader.Read(call.Http.Request, Depth.Infinity);
        if (depth == Depth.One)
        {
            await call.Answer(DavError.BadRequest("A COPY has Depth 0 or infinity."));
            return;
        }

        if (await Conditions.Check(call, source, isRead: false) is { } failed)
        {
            await call.Answer(failed);
            return;
        }

        var destination = await Destination.Read(call, source);
        var guard = await call.GuardDestination(destination.Parent, destination.Name, destination.Existing);
        if (await destination.Parent.Copy(call, new DavTransfer(source, destination.Name, destination.Existing, depth == Depth.Infinity, guard, DavGuard.None)) is { } refused)
        {
            await call.Answer(refused);
            return;
        }

        if (destination.Existing is { IsLockable: true } replaced && LockPlace.Of(replaced) is { } place) await call.Engine.Locks.ForgetBelow(place, call.Cancellation);
        await call.Answer(destination.Existing is null ? StatusCodes.Status201Created : StatusCodes.Status204NoContent);
    }
}
