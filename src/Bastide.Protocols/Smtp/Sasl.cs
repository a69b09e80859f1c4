using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bastide.Protocols.Smtp;

/// <summary>
/// The client's words in the SASL mechanisms PLAIN (RFC 4616), LOGIN, OAUTHBEARER (RFC 7628 §3.1) and XOAUTH2, Base64
/// already taken off by <see cref="TryDecode"/>.
/// </summary>
public static class Sasl
{
    /// <summary>Takes the Base64 off; <c>=</c> alone is the empty response (RFC 4954 §4). False when it is not Base64 or not UTF-8.</summary>
    public static bool TryDecode(string base64, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (base64 == "=")
        {
            text = "";
            return true;
        }

        var octets = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, octets, out var length)) return false;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets, 0, length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary><c>[authzid] NUL authcid NUL passwd</c>. False when it is not of that form, or asks to act for another.</summary>
    public static bool TryPlain(string text, [NotNullWhen(true)] out string? user, [NotNullWhen(true)] out string? password)
    {
        user = password = null;
        var parts = text.Split('\0');
        if (parts.Length != 3 || parts[1].Length == 0 || parts[2].Length == 0) return false;
        if (parts[0].Length > 0 && parts[0] != parts[1]) return false;
        (user, password) = (parts[1], parts[2]);
        return true;
    }

    /// <summary>
    /// The token of OAUTHBEARER (<c>gs2-header ^A host=… ^A auth=Bearer token ^A ^A</c>) and of XOAUTH2
    /// (<c>user=… ^A auth=Bearer token ^A ^A</c>). False when there is none.
    /// </summary>
    public static bool TryBearer(string text, [NotNullWhen(true)] out string? token)
    {
        token = null;
        foreach (var part in text.Split('\u0001'))
            if (part.StartsWith("auth=Bearer ", StringComparison.OrdinalIgnoreCase))
                token = part["auth=Bearer ".Length..].Trim();
        return token is { Length: > 0 };
    }
}
