using System.Buffers;
using Bastide.Platform.Blobs;
using MimeKit;

namespace Bastide.Mail.Delivery;

/// <summary>Reads the header of a stored message, and no more of it than a header may reasonably be.</summary>
static class MessageHead
{
    const int Most = 128 * 1024;

    /// <summary>The octets of the header, cut after whole lines at <see cref="Most"/>; null when there is no such blob.</summary>
    public static async ValueTask<byte[]?> Read(BlobStore blobs, BlobId message, CancellationToken cancellation)
    {
        await using var stream = await blobs.Open(message, cancellation);
        if (stream is null) return null;
        var buffer = ArrayPool<byte>.Shared.Rent(Most);
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, Most), Most, throwOnEndOfStream: false, cancellation);
            var read = buffer.AsSpan(0, length);
            var blank = read.IndexOf("\r\n\r\n"u8);
            if (blank >= 0) return read[..(blank + 2)].ToArray();
            return read[..(read.LastIndexOf((byte)'\n') + 1)].ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The fields of the header; null when there is no such blob.</summary>
    public static async ValueTask<HeaderList?> Fields(BlobStore blobs, BlobId message, CancellationToken cancellation)
    {
        if (await Read(blobs, message, cancellation) is not { } head) return null;
        using var stream = new MemoryStream([.. head, .. "\r\n"u8]);
        return await HeaderList.LoadAsync(stream, cancellation);
    }

    /// <summary>The octets of the first field of a name, or null.</summary>
    public static byte[]? Raw(HeaderList header, string name) =>
        header.FirstOrDefault(field => field.Field.Equals(name, StringComparison.OrdinalIgnoreCase))?.RawValue;

    /// <summary>Where a message begins behind the Return-Path this server put first; 0 when there is none.</summary>
    public static async ValueTask<long> AfterReturnPath(Stream message, CancellationToken cancellation)
    {
        var start = new byte[1024];
        var length = await message.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        return start.AsSpan(0, length).StartsWith("Return-Path:"u8) ? start.AsSpan(0, length).IndexOf((byte)'\n') + 1 : 0;
    }
}
