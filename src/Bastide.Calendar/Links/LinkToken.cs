using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bastide.Calendar.Links;

/// <summary>What a link is known by: 160 bits by chance, in base64url.</summary>
static class LinkToken
{
    const int Octets = 20;
    const int Characters = 27;

    /// <summary>A new one.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));

    /// <summary>What it is looked for by; null for what is no token.</summary>
    public static byte[]? HashOf(string text) => text.Length == Characters && Base64Url.IsValid(text) ? SHA256.HashData(Encoding.ASCII.GetBytes(text)) : null;
}
