using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bastide.Protocols.Jmap;

/// <summary><c>POST /jmap/upload/{accountId}/</c>: streams bytes into the blob store. RFC 8620 §6.1.</summary>
sealed class Upload(BlobStore blobs, BlobUploads uploads, Database database, JmapLimits limits, Limiter limiter)
{
    readonly ConcurrencyLimit _atOnce = new("jmap-uploads", limits.MaxConcurrentUpload);

    public async Task Handle(HttpContext context, string accountId)
    {
        var caller = context.RequiredCaller();
        var cancellation = context.RequestAborted;
        if (!AccountId.TryParse(accountId, null, out var account) || !(await database.Read(scope => Access.On(scope, caller, account), cancellation)).HasFlag(Rights.Write))
        {
            await Refuse(context, new RequestError("notFound", "There is no such account to upload to.", Status: StatusCodes.Status404NotFound));
            return;
        }

        // The limit of the engine is told as a problem; the server's own would cut the connection instead.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize) bodySize.MaxRequestBodySize = null;
        using var place = limiter.TryEnter(_atOnce, caller.Person.ToString());
        if (place is null)
        {
            await Refuse(context, RequestError.Limit("maxConcurrentUpload", $"At most {limits.MaxConcurrentUpload} uploads run at once: wait for one to end.", StatusCodes.Status429TooManyRequests));
            return;
        }

        var tooLarge = RequestError.Limit("maxSizeUpload", $"A file has at most {limits.MaxSizeUpload} octets: share larger ones by a link.", StatusCodes.Status413PayloadTooLarge);
        if (context.Request.ContentLength > limits.MaxSizeUpload)
        {
            await Refuse(context, tooLarge);
            return;
        }

        await using var writer = blobs.Create();
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (writer.Length + read.Buffer.Length > limits.MaxSizeUpload)
            {
                await Refuse(context, tooLarge);
                context.Abort();
                return;
            }

            foreach (var segment in read.Buffer) await writer.WriteAsync(segment, cancellation);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        var stored = await writer.Complete(cancellation);
        await uploads.Note(account, stored.Id, cancellation);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/json; charset=utf-8";
        var answer = new JsonObject
        {
            ["accountId"] = account.ToString(),
            ["blobId"] = stored.Id.ToString(),
            ["type"] = context.Request.ContentType ?? "application/octet-stream",
            ["size"] = stored.Size,
        };
        await context.Response.WriteAsync(answer.ToJsonString(), cancellation);
    }

    static async Task Refuse(HttpContext context, RequestError error)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/problem+json";
        await context.Response.WriteAsync(error.ToJson().ToJsonString(), context.RequestAborted);
    }
}
