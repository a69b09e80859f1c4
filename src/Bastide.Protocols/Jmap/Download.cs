using Bastide.Abstractions.Http;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// <c>GET /jmap/download/{accountId}/{blobId}/{name}</c>: the bytes, always as an attachment, never as a page of ours.
/// What the caller may not see is 404, as what does not exist. RFC 8620 §6.2.
/// </summary>
sealed class Download(BlobStore blobs, BlobUploads uploads)
{
    public async Task Handle(HttpContext context, string accountId, string blobId, string name)
    {
        var caller = context.RequiredCaller();
        var stream = AccountId.TryParse(accountId, null, out var account) && BlobId.TryParse(blobId, null, out var blob)
            && await uploads.MayRead(caller, account, blob, context.RequestAborted)
            ? await blobs.Open(blob, context.RequestAborted)
            : null;
        if (stream is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync(new RequestError("notFound", "There is no such file, or it is not yours to read.", Status: 404).ToJson().ToJsonString(), context.RequestAborted);
            return;
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "private, immutable, max-age=31536000";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        headers.ContentDisposition = disposition.ToString();
        var type = context.Request.Query["type"].ToString();
        var file = Results.Stream(stream, MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed.ToString() : "application/octet-stream",
            entityTag: new EntityTagHeaderValue($"\"{blobId}\""), enableRangeProcessing: true);
        await file.ExecuteAsync(context);
    }
}
