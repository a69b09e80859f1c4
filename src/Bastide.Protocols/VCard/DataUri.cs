using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>Octets within a URI (RFC 2397): how 4.0 holds photographs, sounds and keys.</summary>
/// <param name="MediaType">Their media type; <c>text/plain</c> where none is said.</param>
/// <param name="Base64">The octets in base64.</param>
public sealed record DataUri(string MediaType, string Base64)
{
    const string Scheme = "data:";

    /// <summary>Reads one; false for other URIs and for base64 that is none.</summary>
    public static bool TryParse(string uri, [NotNullWhen(true)] out DataUri? data)
    {
        data = null;
        if (!uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return false;
        var head = uri[Scheme.Length..comma];
        var isBase64 = head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        if (isBase64) head = head[..^7];
        var semicolon = head.IndexOf(';', StringComparison.Ordinal);
        var mediaType = (semicolon < 0 ? head : head[..semicolon]).Trim().ToLowerInvariant();
        if (mediaType.Length == 0) mediaType = "text/plain";
        if (!isBase64)
        {
            data = new DataUri(mediaType, Convert.ToBase64String(PercentDecode(uri[(comma + 1)..])));
            return true;
        }

        var base64 = uri[(comma + 1)..];
        if (base64.Contains('%', StringComparison.Ordinal)) base64 = Uri.UnescapeDataString(base64);
        if (!System.Buffers.Text.Base64.IsValid(base64)) return false;
        if (base64.Any(char.IsWhiteSpace)) base64 = string.Concat(base64.Where(c => !char.IsWhiteSpace(c)));
        data = new DataUri(mediaType, base64);
        return true;
    }

    /// <summary>The octets.</summary>
    public byte[] Octets() => Convert.FromBase64String(Base64);

    /// <summary>The URI.</summary>
    public override string ToString() => $"{Scheme}{MediaType};base64,{Base64}";

    static byte[] PercentDecode(string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        var octets = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            var isEscape = encoded[i] == '%' && i + 2 < encoded.Length;
            if (isEscape && byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                octets.Add(octet);
                i += 2;
            }
            else
            {
                octets.Add(encoded[i]);
            }
        }

        return [.. octets];
    }
}
