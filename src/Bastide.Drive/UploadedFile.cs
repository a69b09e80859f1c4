using System.Security.Cryptography;
using Bastide.Platform.Blobs;

namespace Bastide.Drive;

/// <summary>
/// Takes in the octets of an upload: stores them as they come, and where a checksum came with them, finds out whether it is
/// theirs. What is answered is durable.
/// </summary>
sealed class UploadedFile(BlobStore blobs)
{
    const int Piece = 128 * 1024;

    /// <summary>Stores all the octets of a stream.</summary>
    /// <param name="content">The octets.</param>
    /// <param name="checksum">What they should come to, as <c>SHA1:…</c> with hexadecimal digits; null where nothing is known.</param>
    /// <param name="cancellation">Ends it; nothing is kept.</param>
    /// <returns>What is stored, and the checksum as it is kept; or why it was refused.</returns>
    public async ValueTask<(StoredBlob Stored, string? Checksum, FileError? Refused)> Take(Stream content, string? checksum, CancellationToken cancellation)
    {
        var (algorithm, expected) = Split(checksum);
        await using var writer = blobs.Create();
        using var hash = algorithm is null or "SHA256" ? null : IncrementalHash.CreateHash(algorithm == "MD5" ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA1);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await content.ReadAsync(buffer, cancellation) is var read and > 0)
            {
                hash?.AppendData(buffer.AsSpan(0, read));
                await writer.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }

        if (hash is not null && !Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(expected, StringComparison.OrdinalIgnoreCase)) return Wrong;
        var stored = await writer.Complete(cancellation);
        // Its own name is the checksum; what was stored for nothing goes with the next sweep.
        if (algorithm == "SHA256" && !stored.Id.Hex.Equals(expected, StringComparison.OrdinalIgnoreCase)) return Wrong;
        return (stored, algorithm is null ? null : $"{algorithm}:{expected}", null);
    }

    static (StoredBlob, string?, FileError?) Wrong => (default, null, new FileError(FileFailure.WrongChecksum, "The octets that came are not those of the checksum: send them again."));

    /// <summary>The algorithm and the digits; nothing where it is one that is not known here, which then is not looked at.</summary>
    static (string? Algorithm, string Expected) Split(string? checksum)
    {
        if (checksum?.Split(':', 2) is not [var algorithm, var digits]) return (null, "");
        var (name, length) = algorithm.ToUpperInvariant() switch
        {
            "SHA1" => ("SHA1", 40),
            "MD5" => ("MD5", 32),
            "SHA256" => ("SHA256", 64),
            _ => ("", 0),
        };
        return length == digits.Length && digits.All(char.IsAsciiHexDigit) ? (name, digits.ToLowerInvariant()) : (null, "");
    }
}
