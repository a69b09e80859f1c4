using System.Globalization;
using System.Net;
using Bastide.Abstractions.Http;
using Bastide.Calendar.Links;
using Bastide.Calendar.Store;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;

namespace Bastide.Calendar.Attachments;

/// <summary>
/// <c>GET /s/TOKEN/NAME</c>: what is attached to an event, for whoever has its address, as long as an event refers to it.
/// Always a file to be saved, never a page of ours. RFC 8607 §3.9.
/// </summary>
sealed class AttachmentDownload(Database database, BlobStore blobs, Limiter limiter)
{
    static readonly RateLimit Misses = new("calendar-attachment-misses", 20, 20 / 600.0);
    static readonly RateLimit Readings = new("calendar-attachment-readings", 200, 5);

    public async Task Handle(HttpContext context, string token, string name)
    {
        var remote = Limiter.KeyOf(context.Connection.RemoteIpAddress ?? IPAddress.Loopback);
        if (!limiter.HasRoom(Misses, remote, out var wait) || !limiter.TryTake(Readings, remote, out wait))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = Math.Ceiling(Math.Min(wait.TotalSeconds, 3600)).ToString(CultureInfo.InvariantCulture);
            return;
        }

        var cancellation = context.RequestAborted;
        var row = LinkToken.HashOf(token) is { } hash ? await database.Read(scope => AttachmentTable.Served(scope, hash), cancellation) : null;
        var stream = row is null ? null : await blobs.Open(row.Blob, cancellation);
        if (stream is null)
        {
            limiter.TryTake(Misses, remote, out _);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        await StoredFile.Answer(context, stream, row!.Blob.ToString(), AttachmentAddress.NameOf(name, "attachment"), row.Type);
    }
}
