namespace Bastide.Contacts;

/// <summary>Tells images by their first octets, whatever a client calls them.</summary>
static class ImageTypes
{
    /// <summary>The media type of an image, or null when the octets are none that browsers and address books show.</summary>
    public static string? Of(ReadOnlySpan<byte> octets)
    {
        if (octets is [0xFF, 0xD8, 0xFF, ..]) return "image/jpeg";
        if (octets is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..]) return "image/png";
        if (octets.StartsWith("GIF87a"u8) || octets.StartsWith("GIF89a"u8)) return "image/gif";
        if (octets.StartsWith("BM"u8) && octets.Length > 26) return "image/bmp";
        if (octets is [(byte)'I', (byte)'I', 0x2A, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A, ..]) return "image/tiff";
        if (octets.Length >= 12 && octets.StartsWith("RIFF"u8) && octets[8..12].SequenceEqual("WEBP"u8)) return "image/webp";
        if (octets.Length < 12 || !octets[4..8].SequenceEqual("ftyp"u8)) return null;
        var brand = octets[8..12];
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return "image/avif";
        return brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) ? "image/heic" : null;
    }
}
