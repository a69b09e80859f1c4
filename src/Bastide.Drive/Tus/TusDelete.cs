using Microsoft.AspNetCore.Http;

namespace Bastide.Drive.Tus;

/// <summary><c>DELETE</c>: gives an upload up (tus 1.0, Termination).</summary>
static class TusDelete
{
    public static async Task Handle(HttpContext context, TusProtocol tus)
    {
        if (await tus.Find(context) is not { } upload)
        {
            await TusProtocol.Refuse(context, FileError.NotFound);
            return;
        }

        await tus.Uploads.End(upload, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
