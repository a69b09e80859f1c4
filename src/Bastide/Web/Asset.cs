using System.Globalization;
using System.IO.Compression;

namespace Bastide.Web;

/// <summary>One file of the web client.</summary>
sealed class Asset(string path, string type, DateTime written, bool isCompressible)
{
    /// <summary>Where it lies.</summary>
    public string Path => path;

    /// <summary>Its media type.</summary>
    public string Type => type;

    /// <summary>When it was written; a new build makes a new asset of it.</summary>
    public DateTime Written => written;

    /// <summary>Whether compressing it is worth it.</summary>
    public bool IsCompressible => isCompressible;

    /// <summary>Its entity tag.</summary>
    public string Tag { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{written.Ticks:x}\"");

    /// <summary>Its content, compressed when first asked for and kept.</summary>
    public Lazy<byte[]> Brotli { get; } = new(() => Compress(path));

    static byte[] Compress(string path)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, new BrotliCompressionOptions { Quality = 6 }))
        using (var input = File.OpenRead(path))
            input.CopyTo(brotli);
        return output.ToArray();
    }
}
