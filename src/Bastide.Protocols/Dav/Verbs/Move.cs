using Bastide.Protocols.Dav.Headers;
using Bastide.Protocols.Dav.Locks;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>MOVE</c>: a node with all below it to another address. Locks stay behind and end. RFC 4918 §9.9.</summary>
static class Move
{
    public static async ValueTask Handle(DavCall call)
    {
        if (await call.Target() is not { } source)
        {
            await call.Answer(DavError.NotFound);
            return;
        }

        if (source.IsCollection && DepthHeader.Read(call.Http.Request, Depth.Infinity) != Depth.Infinity)
        {
            await call.Answer(DavError.BadRequest("A collection moves with all that is in it: Depth is infinity."));
            return;
        }

        var sourceGuard = await call.Guard(source, DavReach.Branch);
        var destination = await Destination.Read(call, source);
        var guard = await call.GuardDestination(destination.Parent, destination.Name, destination.Existing);
        if (await destination.Parent.Move(call, new DavTransfer(source, destination.Name, destination.Existing, true, guard, sourceGuard)) is { } refused)
        {
            await call.Answer(refused);
            return;
        }

        if (source.IsLockable && LockPlace.Of(source) is { } from) await call.Engine.Locks.Forget(from, call.Cancellation);
        if (destination.Existing is { IsLockable: true } replaced && LockPlace.Of(replaced) is { } place) await call.Engine.Locks.ForgetBelow(place, call.Cancellation);
        await call.Answer(destination.Existing is null ? StatusCodes.Status201Created : StatusCodes.Status204NoContent);
    }
}
