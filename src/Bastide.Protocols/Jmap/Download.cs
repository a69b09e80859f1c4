using Bastide.Abstractions.Http;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Microsoft.AspNetCore.Http;

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
        var mayRead = BlobId.TryParse(blobId, null, out var blob) && AccountId.TryParse(accountId, null, out var account)
            && await uploads.MayRead(caller, account, blob, context.RequestAborted);
        var stream = mayRead ? await blobs.Open(blob, context.RequestAborted) : null;
        if (stream is null)
        {
            await RequestError.NotFound("There is no such file, or it is not yours to read.").Answer(context);
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "private, immutable, max-age=31536000";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        await StoredFile.Answer(context, stream, blob.ToString(), name, context.Request.Query["type"].ToString());
    }
}
