using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Bastide.Platform.Db;

namespace Bastide.Platform.Blobs;

/// <summary>The name of immutable bytes: their SHA-256. Written <c>b</c> and 64 hexadecimal digits on every wire.</summary>
public readonly struct BlobId : IDbValue, IEquatable<BlobId>, IParsable<BlobId>
{
    readonly byte[]? _hash;

    /// <summary>Takes the 32 bytes of the SHA-256; throws <see cref="ArgumentException"/> for any other length.</summary>
    public BlobId(byte[] sha256)
    {
        if (sha256.Length != SHA256.HashSizeInBytes) throw new ArgumentException("A blob is named by a SHA-256.", nameof(sha256));
        _hash = sha256;
    }

    /// <summary>The 32 bytes of the SHA-256.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    object IDbValue.DbValue => _hash ?? [];

    /// <summary>The hexadecimal digits alone, as file names use them.</summary>
    public string Hex => Convert.ToHexStringLower(Hash);

    /// <summary>The names of many, to be bound to <c>{any octets $1}</c> of a statement.</summary>
    public static byte[][] Octets(IEnumerable<BlobId> ids) => [.. ids.Select(id => id._hash ?? [])];

    /// <summary>Names the bytes given.</summary>
    public static BlobId Of(ReadOnlySpan<byte> content) => new(SHA256.HashData(content));

    /// <summary>The wire form.</summary>
    public override string ToString() => "b" + Hex;

    /// <summary>Reads the wire form; throws <see cref="FormatException"/> for anything else.</summary>
    public static BlobId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A blob id is 'b' and 64 hexadecimal digits.");

    /// <summary>Reads the wire form; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BlobId result)
    {
        result = default;
        if (s is null || s.Length != 65 || s[0] != 'b') return false;
        var hash = new byte[32];
        if (Convert.FromHexString(s.AsSpan(1), hash, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        result = new BlobId(hash);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(BlobId other) => Hash.SequenceEqual(other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BlobId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash is null ? 0 : BitConverter.ToInt32(_hash, 0);

    /// <summary>Whether both name the same bytes.</summary>
    public static bool operator ==(BlobId left, BlobId right) => left.Equals(right);

    /// <summary>Whether they name different bytes.</summary>
    public static bool operator !=(BlobId left, BlobId right) => !left.Equals(right);
}
