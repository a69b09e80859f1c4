using System.Globalization;
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
sealed class Upload(BlobStore blobs, BlobUploads uploads, Database database, JmapLimits limits, UploadAllowance allowance, Limiter limiter)
{
    readonly ConcurrencyLimit _atOnce = new("jmap-uploads", limits.MaxConcurrentUpload);

    public async Task Handle(HttpContext context, string accountId)
    {
        var caller = context.RequiredCaller();
        var cancellation = context.RequestAborted;
        var rights = AccountId.TryParse(accountId, null, out var account) ? await database.Read(scope => Access.On(scope, caller, account), cancellation) : Rights.None;
        if (!rights.HasFlag(Rights.Write))
        {
            await RequestError.NotFound("There is no such account, or you may not add to it.").Answer(context);
            return;
        }

        // The limit of the engine is told as a problem; the server's own would cut the connection instead.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize) bodySize.MaxRequestBodySize = null;
        using var place = limiter.TryEnter(_atOnce, caller.Person.ToString());
        if (place is null)
        {
            await RequestError.Limit("maxConcurrentUpload", $"At most {limits.MaxConcurrentUpload} uploads run at once: wait for one to end.", StatusCodes.Status429TooManyRequests).Answer(context);
            return;
        }

        if (!allowance.HasRoom(caller, Math.Min(context.Request.ContentLength ?? limits.MaxSizeUpload, limits.MaxSizeUpload), out var wait))
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await RequestError.Limit(UploadAllowance.Name, "You uploaded very much in a short time: wait a while.", StatusCodes.Status429TooManyRequests).Answer(context);
            return;
        }

        if (context.Request.ContentLength > limits.MaxSizeUpload || await Store(context) is not { } stored)
        {
            // The rest is not waited for: the connection ends after the answer.
            context.Response.Headers.Connection = "close";
            await RequestError.Limit("maxSizeUpload", $"A file has at most {limits.MaxSizeUpload} octets: send a smaller one.", StatusCodes.Status413PayloadTooLarge).Answer(context);
            return;
        }

        allowance.Take(caller, stored.Size);
        await uploads.Note(caller, account, stored.Id, cancellation);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        JmapJson.Write(context.Response.BodyWriter, new JsonObject
        {
            ["accountId"] = account.ToString(),
            ["blobId"] = stored.Id.ToString(),
            ["type"] = context.Request.ContentType ?? "application/octet-stream",
            ["size"] = stored.Size,
        });
        await context.Response.BodyWriter.FlushAsync(cancellation);
    }

    /// <summary>The bytes, durable; null when there are more than the limit, and then nothing of them is kept.</summary>
    async Task<StoredBlob?> Store(HttpContext context)
    {
        await using var writer = blobs.Create();
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var isTooLong = writer.Length + read.Buffer.Length > limits.MaxSizeUpload;
            if (!isTooLong) foreach (var segment in read.Buffer) await writer.WriteAsync(segment, context.RequestAborted);
            reader.AdvanceTo(read.Buffer.End);
            if (isTooLong) return null;
            if (read.IsCompleted) return await writer.Complete(context.RequestAborted);
        }
    }
}
