using System.Globalization;
using System.Xml.Linq;
using Bastide.Platform.Changes;
using Bastide.Protocols.Dav.Headers;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Reports;

/// <summary>
/// <c>DAV:sync-collection</c>: the members that came, changed or went since a token, all of them at first. RFC 6578. A client
/// that sets no limit is told everything, as it is read.
/// </summary>
static class SyncCollection
{
    static readonly XName WithinLimits = DavNames.Of("number-of-matches-within-limits");

    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        var collection = (DavCollection)node;
        CheckLevel(call, body);
        var since = SinceOf(body);
        var most = LimitOf(body);
        var wanted = call.Wanted(body);
        var changes = await collection.Changes(call, since, Math.Min(most ?? int.MaxValue, call.Engine.Limits.Page), wanted) ?? throw new DavException(DavError.Violated(DavNames.Of("valid-sync-token")));
        if (changes.Changed.Count + changes.Gone.Count > most)
        {
            // More share one number than the client takes: they cannot be told in parts.
            await call.Answer(new DavError(StatusCodes.Status507InsufficientStorage, WithinLimits));
            return;
        }

        using var answer = call.BeginMultistatus(wanted);
        await Write(answer, collection, changes);
        var told = changes.Changed.Count + changes.Gone.Count;
        while (changes.HasMore && (most is null || told < most))
        {
            // What cannot be told any more while it is being told is for the client's next question to find out.
            if (await collection.Changes(call, changes.State, Math.Min((most ?? int.MaxValue) - told, call.Engine.Limits.Page), wanted) is not { } more || told + more.Changed.Count + more.Gone.Count > most) break;
            changes = more;
            told += changes.Changed.Count + changes.Gone.Count;
            await Write(answer, collection, changes);
        }

        if (changes.HasMore) await answer.Write(collection.Href, new DavError(StatusCodes.Status507InsufficientStorage, WithinLimits));
        await answer.End(SyncToken.Format(changes.State));
    }

    static async ValueTask Write(DavMultistatus answer, DavCollection collection, DavChanges changes)
    {
        await answer.Write(changes.Changed);
        foreach (var name in changes.Gone) await answer.Write(collection.Path.Child(name).Href, DavError.NotFound);
    }

    /// <summary>Interop: drafts of the specification said with <c>Depth: 1</c> what <c>sync-level</c> says now.</summary>
    static void CheckLevel(DavCall call, XElement body)
    {
        var level = body.Element(DavNames.Of("sync-level"))?.Value.Trim();
        var depth = DepthHeader.Read(call.Http.Request, Depth.Zero);
        if (level == "1" || (level is null && depth == Depth.One)) return;
        throw new DavException(level == "infinite" || depth == Depth.Infinity
            ? DavError.Violated(DavNames.Of("sync-traversal-supported"))
            : DavError.BadRequest("sync-level is 1 or infinite."));
    }

    static Sequence? SinceOf(XElement body)
    {
        var token = body.Element(DavNames.Of("sync-token"))?.Value.Trim();
        if (string.IsNullOrEmpty(token)) return null;
        return SyncToken.TryParse(token, out var since) ? since : throw new DavException(DavError.Violated(DavNames.Of("valid-sync-token")));
    }

    static int? LimitOf(XElement body)
    {
        if (body.Element(DavNames.Of("limit"))?.Element(DavNames.Of("nresults")) is not { } limit) return null;
        return int.TryParse(limit.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0
            ? most
            : throw new DavException(DavError.BadRequest("nresults is a number above 0."));
    }
}
