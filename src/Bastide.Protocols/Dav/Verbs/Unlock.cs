using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav.Locks;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>UNLOCK</c>: gives a lock back; who may share the node may take away those of others. RFC 4918 §9.11, RFC 3744 §3.5.</summary>
static class Unlock
{
    public static async ValueTask Handle(DavCall call)
    {
        if (await call.Target() is not { IsLockable: true } node || LockPlace.Of(node) is not { } place)
        {
            await call.AnswerNotAllowed();
            return;
        }

        if (call.Http.Request.Headers["Lock-Token"].ToString() is not ['<', .. var token, '>'])
        {
            await call.Answer(DavError.BadRequest("Lock-Token is a token in angle brackets."));
            return;
        }

        var held = (await call.Engine.Locks.On(place, call.Cancellation)).Find(held => held.Token == token);
        if (held is null)
        {
            await call.Answer(DavError.InConflict(DavNames.Of("lock-token-matches-request-uri")));
            return;
        }

        if (held.Person != call.Caller.Person && !node.Rights.HasFlag(Rights.Manage))
        {
            await call.Answer(DavError.NeedPrivileges(node, DavNames.Of("unlock")));
            return;
        }

        await call.Engine.Locks.Release(token, call.Cancellation);
        await call.Answer(StatusCodes.Status204NoContent);
    }
}
