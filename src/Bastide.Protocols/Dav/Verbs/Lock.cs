using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav.Headers;
using Bastide.Protocols.Dav.Locks;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary>
/// <c>LOCK</c>: takes a lock on a node, or on an address where there is none yet and then an empty one is made; without a body
/// it prolongs a lock. RFC 4918 §9.10, §7.3.
/// </summary>
static class Lock
{
    public static async ValueTask Handle(DavCall call)
    {
        var body = await call.ReadXml();
        if (body is null) await Refresh(call);
        else await Take(call, body);
    }

    static async ValueTask Refresh(DavCall call)
    {
        if (await call.Target() is not { } node || LockPlace.Of(node) is not { } place)
        {
            await call.AnswerNotAllowed();
            return;
        }

        if (call.SubmittedTokens.Count != 1)
        {
            await call.Answer(DavError.BadRequest("A lock is prolonged with its token in an If header, and one at a time."));
            return;
        }

        var lasts = TimeoutHeader.Read(call.Http.Request.Headers["Timeout"].ToString(), call.Engine.Limits.LockSeconds);
        var held = (await call.Engine.Locks.On(place, call.Cancellation)).Find(held => call.SubmittedTokens.Contains(held.Token) && held.Person == call.Caller.Person);
        if (held is null || !await call.Engine.Locks.Refresh(held, lasts, call.Cancellation))
        {
            await call.Answer(new DavError(StatusCodes.Status412PreconditionFailed, DavNames.Of("lock-token-matches-request-uri")));
            return;
        }

        await LockXml.Answer(call, node, place, StatusCodes.Status200OK);
    }

    static async ValueTask Take(DavCall call, XElement body)
    {
        if (body.Name != DavNames.Of("lockinfo") || body.Element(DavNames.Of("locktype"))?.Element(DavNames.Write) is null
            || body.Element(DavNames.Of("lockscope"))?.Elements().FirstOrDefault()?.Name is not { } scope || !(scope == LockXml.Exclusive || scope == LockXml.Shared))
        {
            await call.Answer(DavError.BadRequest("The body of LOCK is a DAV:lockinfo that asks for an exclusive or shared write lock."));
            return;
        }

        var depth = DepthHeader.Read(call.Http.Request, Depth.Infinity);
        if (depth == Depth.One)
        {
            await call.Answer(DavError.BadRequest("A LOCK has Depth 0 or infinity."));
            return;
        }

        var node = await call.Target();
        if (node is null) await TakeNew(call, body, scope, depth);
        else if (!node.IsLockable || LockPlace.Of(node) is not { } place) await call.AnswerNotAllowed();
        else if (!node.Rights.HasFlag(Rights.Write)) await call.Answer(DavError.NeedPrivileges(node, DavNames.WriteContent));
        else if (await Conditions.Check(call, node, isRead: false) is { } failed) await call.Answer(failed);
        else if (await Take(call, place, body, scope, depth, node.IsCollection) is not null) await LockXml.Answer(call, node, place, StatusCodes.Status200OK);
    }

    /// <summary>Locks an address where there is nothing: the lock first, so that what is made under it is its holder's.</summary>
    static async ValueTask TakeNew(DavCall call, XElement body, XName scope, Depth depth)
    {
        if (call.Path.Parent is not { } above || await call.Find(above, DavWanted.None) is not DavCollection { IsLockable: true, Home: { } home } parent)
        {
            await call.Answer(DavError.Conflict);
            return;
        }

        var guard = await call.GuardNew(parent, call.Path.Name);
        var place = LockPlace.Of(home, parent.Path.Child(call.Path.Name));
        if (await Take(call, place, body, scope, depth, isCollection: false) is not { } token) return;
        // The guard of the new node does not know the lock that was taken for it.
        var stored = await parent.Create(call, call.Path.Name, DavUpload.Empty, new DavGuard(guard.ETag, guard.MustBeNew, null));
        if (stored.Error is { } refused)
        {
            await call.Engine.Locks.Release(token, call.Cancellation);
            call.Http.Response.Headers.Remove("Lock-Token");
            await call.Answer(refused);
            return;
        }

        if (await call.Find(call.Path, DavWanted.None) is { } node) await LockXml.Answer(call, node, place, StatusCodes.Status201Created);
        else await call.Answer(DavError.NotFound);
    }

    /// <summary>The token of the lock; null when it was not given, and then that is answered.</summary>
    static async ValueTask<string?> Take(DavCall call, LockPlace place, XElement body, XName scope, Depth depth, bool isCollection)
    {
        var lasts = TimeoutHeader.Read(call.Http.Request.Headers["Timeout"].ToString(), call.Engine.Limits.LockSeconds);
        var note = body.Element(DavNames.Of("owner")) is { } owner ? owner.ToString(SaveOptions.DisableFormatting) : "";
        if (note.Length > call.Engine.Limits.DeadPropertyLength)
        {
            await call.Answer(DavError.BadRequest("The owner element is too long."));
            return null;
        }

        var (taken, refused) = await call.Engine.Locks.Take(call, place, scope == LockXml.Exclusive, depth == Depth.Infinity, note, lasts, isCollection);
        if (taken is null)
        {
            await call.Answer(refused!);
            return null;
        }

        call.Http.Response.Headers["Lock-Token"] = $"<{taken.Token}>";
        return taken.Token;
    }
}
