using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Bastide.Drive.Tus;

/// <summary><c>HEAD</c>: how far an upload has come (tus 1.0, Core).</summary>
static class TusHead
{
    public static async Task Handle(HttpContext context, TusProtocol tus)
    {
        if (await tus.Find(context) is not { } upload)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        TusProtocol.TellState(context, upload);
        if (upload.Length is { } length) headers["Upload-Length"] = length.ToString(CultureInfo.InvariantCulture);
        else headers["Upload-Defer-Length"] = "1";
        if (TusCreate.MetadataOf(upload) is { Length: > 0 } metadata) headers["Upload-Metadata"] = metadata;
        if (TusCreate.IsPartial(upload)) headers["Upload-Concat"] = "partial";
        else if (upload.Size == upload.Length && upload.Size > 0) await tus.TellBlob(context, upload);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }
}
