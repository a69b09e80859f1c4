using System.Buffers;
using System.Globalization;
using Bastide.Drive.Uploads;
using Bastide.Platform.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bastide.Drive.Tus;

/// <summary>
/// <c>PATCH</c>: goes on with an upload at its end (tus 1.0, Core). What came before a connection was lost is kept, except where a
/// checksum was to tell whether it is right.
/// </summary>
static class TusPatch
{
    public const string ContentType = "application/offset+octet-stream";

    /// <summary>The octets are not those of the checksum.</summary>
    const int ChecksumMismatch = 460;

    const int Piece = 128 * 1024;

    public static async Task Handle(HttpContext context, TusProtocol tus)
    {
        if (context.Request.ContentType != ContentType)
        {
            await TusProtocol.Refuse(context, StatusCodes.Status415UnsupportedMediaType, $"What is sent is of the type {ContentType}.");
            return;
        }

        if (await tus.Find(context) is not { } upload)
        {
            await TusProtocol.Refuse(context, FileError.NotFound);
            return;
        }

        if (!long.TryParse(context.Request.Headers["Upload-Offset"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || offset != upload.Size)
        {
            TusProtocol.TellState(context, upload);
            await TusProtocol.Refuse(context, StatusCodes.Status409Conflict, $"The upload has come to {upload.Size}: go on from there.");
            return;
        }

        if (upload.Length is null && context.Request.Headers["Upload-Length"].ToString() is { Length: > 0 } said)
        {
            if (!long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length < upload.Size || length > TusProtocol.Largest)
            {
                await TusProtocol.Refuse(context, StatusCodes.Status400BadRequest, "Upload-Length is less than what has come, or more than may.");
                return;
            }

            await tus.Uploads.SetLength(upload, length, context.RequestAborted);
            upload = upload with { Length = length };
        }

        await Append(context, tus, upload, StatusCodes.Status204NoContent);
    }

    /// <summary>Takes in what the request sends, behind what is there.</summary>
    public static async Task Append(HttpContext context, TusProtocol tus, PartialUpload upload, int status)
    {
        if (!TusChecksum.TryRead(context.Request.Headers["Upload-Checksum"].ToString(), out var checksum))
        {
            await TusProtocol.Refuse(context, StatusCodes.Status400BadRequest, $"Upload-Checksum is one of {string.Join(", ", TusChecksum.Algorithms)} and its value in Base64.");
            return;
        }

        using (checksum)
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize) bodySize.MaxRequestBodySize = null;
            await using var writer = tus.Blobs.Create();
            var most = (upload.Length ?? TusProtocol.Largest) - upload.Size;
            var (isWhole, isTooLong) = await Receive(context, writer, checksum, most);
            if (isTooLong)
            {
                context.Response.Headers.Connection = "close";
                await TusProtocol.Refuse(context, StatusCodes.Status413PayloadTooLarge, "There are more octets than were announced.");
                return;
            }

            if (checksum is not null && (!isWhole || !checksum.IsRight))
            {
                if (isWhole) await TusProtocol.Refuse(context, ChecksumMismatch, "The octets that came are not those of the checksum: send them again.");
                return;
            }

            // The client may be gone: what it sent is stored all the same.
            var cancellation = isWhole ? context.RequestAborted : CancellationToken.None;
            if (writer.Length > 0 || upload.Length == 0)
            {
                var stored = await writer.Complete(cancellation);
                if (await tus.Uploads.Add(upload, new UploadPart(PartialUploads.NameAt(upload.Size), stored.Id, stored.Size), upload.Size, cancellation) is { } refused)
                {
                    if (isWhole) await TusProtocol.Refuse(context, refused);
                    return;
                }

                upload = upload with { Size = upload.Size + stored.Size };
            }

            if (!isWhole) return;
            if (upload.Size == upload.Length && !TusCreate.IsPartial(upload)) await tus.TellBlob(context, upload);
            TusProtocol.TellState(context, upload);
            context.Response.StatusCode = status;
        }
    }

    /// <summary>Writes what comes; tells whether all came, and whether it is more than may.</summary>
    static async Task<(bool IsWhole, bool IsTooLong)> Receive(HttpContext context, BlobWriter writer, TusChecksum? checksum, long most)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
            {
                if (writer.Length + read > most) return (true, true);
                checksum?.Add(buffer.AsSpan(0, read));
                await writer.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }

            return (true, false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or BadHttpRequestException)
        {
            return (false, false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
