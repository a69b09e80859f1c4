using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Headers;

/// <summary>The conditions of a request: <c>If</c> (RFC 4918 §10.4) and the conditional headers of RFC 9110 §13, in the order of its §13.2.2.</summary>
static class Conditions
{
    /// <summary>Whether the request has any that depend on what is there.</summary>
    public static bool IsConditional(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.IfMatch.Count > 0 || headers.IfNoneMatch.Count > 0 || headers.IfUnmodifiedSince.Count > 0 || headers.ContainsKey("If");
    }

    /// <summary>Null when the request is to go on; 412 or, for what only reads, 304.</summary>
    public static async ValueTask<DavError?> Check(DavCall call, DavNode? node, bool isRead)
    {
        if (call.If is { } header && !await Holds(call, header)) return DavError.PreconditionFailed;
        var headers = call.Http.Request.Headers;
        if (EntityTags.Parse(headers.IfMatch) is { } match)
        {
            if (node is null || !(match.IsAny || match.HasStrong(node.ETag))) return DavError.PreconditionFailed;
        }
        else if (DateOf(headers.IfUnmodifiedSince.ToString()) is { } unmodified && node?.Modified is { } modified && Seconds(modified) > unmodified)
        {
            return DavError.PreconditionFailed;
        }

        if (EntityTags.Parse(headers.IfNoneMatch) is { } noneMatch)
            return node is not null && (noneMatch.IsAny || noneMatch.HasWeak(node.ETag)) ? Known(isRead) : null;
        return isRead && DateOf(headers.IfModifiedSince.ToString()) is { } since && node?.Modified is { } changed && Seconds(changed) <= since ? Known(isRead) : null;
    }

    /// <summary>Whether a range is still one of what the client has (RFC 9110 §13.1.5).</summary>
    public static bool IfRangeHolds(HttpRequest request, DavNode node)
    {
        var header = request.Headers.IfRange.ToString();
        if (header.Length == 0) return true;
        return header[0] == '"' ? header == node.ETag : DateOf(header) is { } date && node.Modified is { } modified && Seconds(modified) == date;
    }

    static DavError Known(bool isRead) => isRead ? new DavError(StatusCodes.Status304NotModified) : DavError.PreconditionFailed;

    /// <summary>Dates in headers know whole seconds.</summary>
    static DateTimeOffset Seconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    static DateTimeOffset? DateOf(string header) =>
        DateTimeOffset.TryParseExact(header, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    static async ValueTask<bool> Holds(DavCall call, IfHeader header)
    {
        foreach (var list in header.Lists)
            if (await Holds(call, list))
                return true;
        return false;
    }

    static async ValueTask<bool> Holds(DavCall call, IfList list)
    {
        // What a tag leads to elsewhere has no state that is known here.
        var path = list.Tag is null ? call.Path : call.Resolve(list.Tag);
        foreach (var condition in list.Conditions)
        {
            var holds = path is not null && (condition.Token is { } token ? await IsLockedWith(call, path, token) : await HasETag(call, path, condition.ETag!));
            if (holds == condition.IsNot) return false;
        }

        return true;
    }

    static async ValueTask<bool> IsLockedWith(DavCall call, DavPath path, string token) =>
        await call.Engine.Locks.PlaceOf(call, path) is { } place && (await call.Engine.Locks.On(place, call.Cancellation)).Exists(held => held.Token == token);

    static async ValueTask<bool> HasETag(DavCall call, DavPath path, string etag)
    {
        var node = path.Equals(call.Path) ? await call.Target() : await call.Find(path, DavWanted.None);
        return node?.ETag is { } now && now == etag;
    }
}
