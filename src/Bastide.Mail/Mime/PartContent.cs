using MimeKit.IO;
using MimeKit.IO.Filters;

namespace Bastide.Mail.Mime;

/// <summary>Opens parts by their place in the message.</summary>
static class PartContent
{
    /// <summary>Whether a transfer encoding, in lower case, is known; what is of another is left as it is.</summary>
    public static bool CanDecode(string encoding) =>
        encoding is "7bit" or "8bit" or "binary" or "base64" or "quoted-printable" or "x-uuencode" or "uuencode" or "x-uue";

    /// <summary>The decoded octets of a leaf. The message stays open when the answer is disposed.</summary>
    public static Stream Open(Stream message, BodyPart part) => Open(message, part.BodyStart, part.BodyEnd, part.Encoding);

    /// <summary>The decoded octets between two offsets.</summary>
    public static Stream Open(Stream message, long start, long end, string encoding)
    {
        var range = Range(message, start, end);
        if (encoding is "7bit" or "8bit" or "binary") return range;
        var decoded = new FilteredStream(range);
        decoded.Add(DecoderFilter.Create(encoding));
        return decoded;
    }

    /// <summary>The octets between two offsets as they stand.</summary>
    public static Stream Range(Stream message, long start, long end)
    {
        message.Position = start;
        return new BoundStream(message, start, end, leaveOpen: true);
    }
}
