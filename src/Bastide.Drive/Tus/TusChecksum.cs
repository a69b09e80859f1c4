using System.Security.Cryptography;

namespace Bastide.Drive.Tus;

/// <summary>The checksum of what one request sends (tus 1.0, Checksum).</summary>
sealed class TusChecksum : IDisposable
{
    readonly IncrementalHash _hash;
    readonly byte[] _expected;

    TusChecksum(HashAlgorithmName algorithm, byte[] expected)
    {
        _hash = IncrementalHash.CreateHash(algorithm);
        _expected = expected;
    }

    /// <summary>The algorithms that are known.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["sha1", "sha256", "md5"];

    /// <summary>Whether what was added comes to what was said.</summary>
    public bool IsRight => CryptographicOperations.FixedTimeEquals(_hash.GetCurrentHash(), _expected);

    /// <summary>Reads an <c>Upload-Checksum</c>; false where it cannot be read, null where there is none.</summary>
    public static bool TryRead(string header, out TusChecksum? checksum)
    {
        checksum = null;
        if (header.Length == 0) return true;
        if (header.Split(' ') is not [var name, var value]) return false;
        var (algorithm, length) = name switch
        {
            "sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "md5" => (HashAlgorithmName.MD5, MD5.HashSizeInBytes),
            _ => (default, 0),
        };
        var expected = new byte[length];
        if (length == 0 || !Convert.TryFromBase64String(value, expected, out var written) || written != length) return false;
        checksum = new TusChecksum(algorithm, expected);
        return true;
    }

    /// <summary>Adds octets that came.</summary>
    public void Add(ReadOnlySpan<byte> octets) => _hash.AppendData(octets);

    public void Dispose() => _hash.Dispose();
}
