using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>Decodes values in the charsets that 2.1 may name, and takes out what no text of a card holds.</summary>
static class CardCharset
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;

    /// <summary>The text: in the charset named, or else in UTF-8, or in that of old Windows programs where it is not that.</summary>
    public static string Decode(ReadOnlySpan<byte> octets, string? charset = null)
    {
        var text = charset is not null && Find(charset) is { } encoding ? encoding.GetString(octets) : Guess(octets);
        return text.AsSpan().ContainsAnyInRange('\0', '\x08') || text.AsSpan().ContainsAnyInRange('\x0B', '\x1F') || text.Contains('\x7F', StringComparison.Ordinal)
            ? new string([.. text.Where(c => !char.IsControl(c) || c is '\t' or '\r' or '\n' or >= '\x80')])
            : text;
    }

    static string Guess(ReadOnlySpan<byte> octets)
    {
        if (Ascii.IsValid(octets)) return Encoding.ASCII.GetString(octets);
        return System.Text.Unicode.Utf8.IsValid(octets) ? Strict.GetString(octets) : Windows.GetString(octets);
    }

    static Encoding? Find(string charset)
    {
        var name = charset.Trim().Trim('"').ToLowerInvariant();
        if (name is "utf-8" or "utf8" or "us-ascii" or "ascii" or "") return null;
        if (name is "iso-8859-1" or "latin1" or "cp1252" or "windows-1252") return Windows;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
