using System.Buffers;
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
    /// <returns>What is stored, and its checksums as they are kept; or why it was refused.</returns>
    public async ValueTask<(StoredBlob Stored, string? Checksum, FileError? Refused)> Take(Stream content, string? checksum, CancellationToken cancellation)
    {
        var (algorithm, expected) = Split(checksum);
        await using var writer = blobs.Create();
        // Every file has this one: programs that know no other compare with it what they have.
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = algorithm == "MD5" ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await content.ReadAsync(buffer, cancellation) is var read and > 0)
            {
                sha1.AppendData(buffer.AsSpan(0, read));
                md5?.AppendData(buffer.AsSpan(0, read));
                await writer.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var found = Convert.ToHexStringLower(sha1.GetHashAndReset());
        if ((algorithm == "SHA1" && found != expected) || (md5 is not null && Convert.ToHexStringLower(md5.GetHashAndReset()) != expected)) return Wrong;
        var stored = await writer.Complete(cancellation);
        // Its own name is the checksum; what was stored for nothing goes with the next sweep.
        if (algorithm == "SHA256" && stored.Id.Hex != expected) return Wrong;
        return (stored, md5 is null ? $"SHA1:{found}" : $"SHA1:{found} MD5:{expected}", null);
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
        return length > 0 && length == digits.Length && digits.All(char.IsAsciiHexDigit) ? (name, digits.ToLowerInvariant()) : (null, "");
    }
}
