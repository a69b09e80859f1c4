using System.Buffers.Binary;
using System.Security.Cryptography;
using Bastide.Abstractions.Jmap;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>Encrypts a message for one device, so that the push service between cannot read it. RFC 8291, in the coding <c>aes128gcm</c> of RFC 8188.</summary>
static class WebPushEncryption
{
    const int RecordSize = 4096;
    const int SaltLength = 16;
    const int PointLength = 65;
    const int AuthLength = 16;
    const int HeaderLength = SaltLength + sizeof(int) + 1 + PointLength;
    static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;
    const byte LastRecord = 2;

    /// <summary>The longest text: with header, padding and tag it is the 4096 octets that every push service takes (RFC 8030 §7.2).</summary>
    public const int LongestText = 3993;

    /// <summary>Whether these are keys that a message can be encrypted for.</summary>
    public static bool AreKeys(PushKeys keys)
    {
        if (keys.Auth.Length != AuthLength || keys.P256dh.Length != PointLength || keys.P256dh[0] != 4) return false;
        try
        {
            using var key = ECDiffieHellman.Create(PublicKey(keys.P256dh));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The body of the push message, of one record.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, PushKeys keys)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, keys, own, RandomNumberGenerator.GetBytes(SaltLength));
    }

    /// <summary>The same with a key and a salt that are not random; for the example of RFC 8291 §5.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> text, PushKeys keys, ECDiffieHellman own, byte[] salt)
    {
        if (text.Length > LongestText) throw new ArgumentException($"A push message has at most {LongestText} octets.", nameof(text));
        var ownPoint = Point(own.ExportParameters(includePrivateParameters: false).Q);
        using var device = ECDiffieHellman.Create(PublicKey(keys.P256dh));
        var shared = own.DeriveRawSecretAgreement(device.PublicKey);

        // RFC 8291 §3.4.
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, keys.Auth, [.. "WebPush: info\0"u8, .. keys.P256dh, .. ownPoint]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8]);

        // RFC 8188 §2.1: salt, record size, the length of the key id, the key id, which is our public key.
        var body = new byte[HeaderLength + text.Length + 1 + TagLength];
        salt.CopyTo(body, 0);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(SaltLength), RecordSize);
        body[SaltLength + sizeof(int)] = PointLength;
        ownPoint.CopyTo(body, SaltLength + sizeof(int) + 1);
        byte[] record = [.. text, LastRecord];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, record, body.AsSpan(HeaderLength, record.Length), body.AsSpan(HeaderLength + record.Length));
        return body;
    }

    /// <summary>A point as it is written, uncompressed (X9.62).</summary>
    public static byte[] Point(ECPoint point) => [4, .. point.X!, .. point.Y!];

    static ECParameters PublicKey(byte[] point) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } };
}
