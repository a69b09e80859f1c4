using System.Globalization;
using Bastide.Abstractions.Http;
using Bastide.Drive.Uploads;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Drive.Tus;

/// <summary>
/// Uploads that are gone on with where they were interrupted (tus 1.0), below <c>/jmap/tus/ACCOUNT/</c>. One that is whole is a
/// blob of the account, which JMAP then makes a file or an attachment of: its id stands in <see cref="BlobHeader"/>.
/// </summary>
sealed class TusProtocol(PartialUploads uploads, BlobUploads known, BlobStore blobs, BastideSettings settings)
{
    /// <summary>The header in which the blob of a whole upload is told.</summary>
    public const string BlobHeader = "Bastide-Blob-Id";

    /// <summary>The kind these uploads are kept under.</summary>
    public const string Kind = "tus";

    /// <summary>The largest upload.</summary>
    public const long Largest = 64L * 1024 * 1024 * 1024;

    const string Version = "1.0.0";
    const string Address = "/jmap/tus/{account}";

    public PartialUploads Uploads => uploads;

    public BlobStore Blobs => blobs;

    public static void Map(WebApplication app, TusProtocol tus)
    {
        app.MapMethods(Address + "/{name?}", ["OPTIONS"], Options);
        app.MapPost(Address, context => Spoken(context, c => TusCreate.Handle(c, tus))).RequireAuthorization();
        app.MapMethods(Address + "/{name}", ["HEAD", "PATCH", "DELETE", "POST"], context => Spoken(context, c => MethodOf(c) switch
        {
            "HEAD" => TusHead.Handle(c, tus),
            "PATCH" => TusPatch.Handle(c, tus),
            "DELETE" => TusDelete.Handle(c, tus),
            _ => Refuse(c, StatusCodes.Status405MethodNotAllowed, "An upload is asked for with HEAD, gone on with by PATCH and given up by DELETE."),
        })).RequireAuthorization();
    }

    /// <summary>The account of the address; null where it is none.</summary>
    public static AccountId? AccountOf(HttpContext context) => AccountId.TryParse((string?)context.GetRouteValue("account"), null, out var account) ? account : null;

    /// <summary>The upload of the address, of the caller's own; null where there is none.</summary>
    public async ValueTask<PartialUpload?> Find(HttpContext context) =>
        AccountOf(context) is { } account && await uploads.Find(context.RequiredCaller(), Kind, (string)context.GetRouteValue("name")!, context.RequestAborted) is { } upload && upload.Account == account ? upload : null;

    /// <summary>The address of an upload.</summary>
    public string AddressOf(AccountId account, string name) => $"{settings.Url.GetLeftPart(UriPartial.Authority)}/jmap/tus/{account}/{name}";

    /// <summary>Tells the blob of an upload that is whole; from then on the caller may use it in the account.</summary>
    public async Task TellBlob(HttpContext context, PartialUpload upload)
    {
        var stored = await uploads.Join(upload, context.RequestAborted);
        await known.Note(context.RequiredCaller(), upload.Account, stored.Id, context.RequestAborted);
        context.Response.Headers[BlobHeader] = stored.Id.ToString();
    }

    /// <summary>Tells where an upload is and until when it is kept.</summary>
    public static void TellState(HttpContext context, PartialUpload upload)
    {
        context.Response.Headers["Upload-Offset"] = upload.Size.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Upload-Expires"] = upload.Expires.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Answers why not, in a sentence.</summary>
    public static async Task Refuse(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(sentence, context.RequestAborted);
    }

    /// <summary>Answers what an operation refused.</summary>
    public static Task Refuse(HttpContext context, FileError refused) => Refuse(context, refused.Failure switch
    {
        FileFailure.NotFound => StatusCodes.Status404NotFound,
        FileFailure.StateMismatch or FileFailure.AlreadyExists => StatusCodes.Status409Conflict,
        FileFailure.OverQuota => StatusCodes.Status507InsufficientStorage,
        FileFailure.TooManyItems => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    }, refused.Description);

    static string MethodOf(HttpContext context) =>
        context.Request.Headers["X-HTTP-Method-Override"].ToString() is { Length: > 0 } other ? other.ToUpperInvariant() : context.Request.Method;

    /// <summary>Sees to it that both speak the same version.</summary>
    static Task Spoken(HttpContext context, Func<HttpContext, Task> handle)
    {
        context.Response.Headers["Tus-Resumable"] = Version;
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers["Tus-Resumable"] == Version) return handle(context);
        context.Response.Headers["Tus-Version"] = Version;
        return Refuse(context, StatusCodes.Status412PreconditionFailed, "This is tus 1.0.0: say so in Tus-Resumable.");
    }

    static Task Options(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["Tus-Resumable"] = Version;
        headers["Tus-Version"] = Version;
        headers["Tus-Max-Size"] = Largest.ToString(CultureInfo.InvariantCulture);
        headers["Tus-Extension"] = "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination,concatenation";
        headers["Tus-Checksum-Algorithm"] = string.Join(',', TusChecksum.Algorithms);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
