using System.Globalization;
using Bastide.Protocols.Dav.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary>Answers with the content of a node, as <c>GET</c>, <c>HEAD</c> and <c>Prefer: return=representation</c> do.</summary>
static class Content
{
    /// <summary>Answers a request for the content.</summary>
    public static async ValueTask Answer(DavCall call, bool withBody)
    {
        if (await call.Target() is not { HasContent: true } node)
        {
            await call.AnswerNotAllowed();
            return;
        }

        if (await Conditions.Check(call, node, isRead: true) is { } known)
        {
            SetValidators(call, node);
            await call.Answer(known);
            return;
        }

        await using var body = await node.Open(call);
        if (body is null)
        {
            await call.Answer(DavError.NotFound);
            return;
        }

        if (withBody && RangeOf(call, node) is { } range) await AnswerRange(call, node, body, range);
        else await Answer(call, node, body, StatusCodes.Status200OK, withBody);
    }

    /// <summary>Answers the whole content with a status.</summary>
    public static async ValueTask Answer(DavCall call, DavNode node, DavBody body, int status, bool withBody)
    {
        SetHeaders(call, node);
        call.Http.Response.StatusCode = status;
        call.Http.Response.ContentLength = body.Length;
        if (withBody) await body.WriteTo(call.Http.Response.BodyWriter, 0, body.Length, call.Cancellation);
    }

    static async ValueTask AnswerRange(DavCall call, DavNode node, DavBody body, RangeItemHeaderValue range)
    {
        var response = call.Http.Response;
        // "-500" are the last 500; "500-" all from there on (RFC 9110 §14.1.2).
        var from = range.From ?? Math.Max(0, body.Length - range.To!.Value);
        var to = range.From is null ? body.Length - 1 : Math.Min(range.To ?? long.MaxValue, body.Length - 1);
        if (from > to)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{body.Length}");
            await call.Answer(StatusCodes.Status416RangeNotSatisfiable);
            return;
        }

        SetHeaders(call, node);
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{body.Length}");
        response.ContentLength = to - from + 1;
        await body.WriteTo(response.BodyWriter, from, to - from + 1, call.Cancellation);
    }

    /// <summary>The one range that is asked for; of several, all is sent instead (RFC 9110 §14.2 lets a server).</summary>
    static RangeItemHeaderValue? RangeOf(DavCall call, DavNode node)
    {
        var header = call.Http.Request.Headers.Range.ToString();
        if (header.Length == 0 || !RangeHeaderValue.TryParse(header, out var parsed) || parsed.Unit != "bytes" || parsed.Ranges.Count != 1) return null;
        return Conditions.IfRangeHolds(call.Http.Request, node) ? parsed.Ranges.First() : null;
    }

    static void SetHeaders(DavCall call, DavNode node)
    {
        var headers = call.Http.Response.Headers;
        SetValidators(call, node);
        headers.ContentType = node.ContentType ?? "application/octet-stream";
        if (node.ContentLanguage is { } language) headers.ContentLanguage = language;
        headers.AcceptRanges = "bytes";
        headers.CacheControl = "private, no-cache";
        // A page that somebody stored here is no page of ours: a browser that has signed in runs nothing of it.
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(node.Path.Name);
        headers.ContentDisposition = disposition.ToString();
    }

    static void SetValidators(DavCall call, DavNode node)
    {
        if (node.ETag is { } etag) call.Http.Response.Headers.ETag = etag;
        if (node.Modified is { } modified) call.Http.Response.Headers.LastModified = modified.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
    }
}
