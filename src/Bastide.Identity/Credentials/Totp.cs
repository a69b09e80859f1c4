using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Time-based one-time passwords as authenticator apps make them: SHA-1, six digits, 30 seconds (RFC 6238, RFC 4226).
/// One step before and after now is accepted for clocks that are a little off; each step once.
/// </summary>
static class Totp
{
    const int KeySize = 20;
    const int StepSeconds = 30;
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeySize);

    /// <summary>The time step whose code this is, when it is near enough to now; null otherwise.</summary>
    public static long? StepOf(byte[] key, string code, DateTimeOffset now)
    {
        var digits = new string([.. code.Where(c => c is not (' ' or '-'))]);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit)) return null;
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        foreach (var step in (long[])[current - 1, current, current + 1])
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), Encoding.ASCII.GetBytes(digits)))
                found = step;
        return found;
    }

    /// <summary>The code of a time step, RFC 4226 §5.3.</summary>
    public static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // SHA-1 is what RFC 6238 and every authenticator app use; HMAC does not rest on collisions.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The code of a moment.</summary>
    public static string Code(byte[] key, DateTimeOffset at) => Code(key, at.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>The key as apps take it by hand: Base32, RFC 4648 §6.</summary>
    public static string ToBase32(byte[] key)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var octet in key)
        {
            buffer = (buffer << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What the QR code holds.</summary>
    public static string Uri(byte[] key, string issuer, string address) => string.Create(
        CultureInfo.InvariantCulture,
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(address)}?secret={ToBase32(key)}&issuer={System.Uri.EscapeDataString(issuer)}&digits=6&period={StepSeconds}");
}
