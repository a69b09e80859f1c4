using Bastide.Mail.Mime;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>Parts with their transfer encoding taken off (RFC 3516 §4). Texts have the line ends of IMAP, whatever theirs are.</summary>
static class BinaryPart
{
    /// <summary>Whether the transfer encoding of the part is known.</summary>
    public static bool CanDecode(BodyPart root, BodySection section) =>
        Find(root, section) is not { } part || PartContent.CanDecode(part.Encoding);

    /// <summary>The decoded octets; null where there is no such part, or nothing to decode.</summary>
    public static async ValueTask<Spooled?> Open(Stream message, BodyPart root, BodySection section, CancellationToken cancellation)
    {
        if (section.Part.Count == 0) return await Spooled.Of(PartContent.Range(message, 0, message.Length), ofText: false, cancellation);
        if (Find(root, section) is not { } part) return null;
        await using var content = PartContent.Open(message, part);
        return await Spooled.Of(content, IsText(part), cancellation);
    }

    /// <summary>How many octets <see cref="Open"/> answers.</summary>
    public static async ValueTask<long> Size(Stream message, BodyPart root, BodySection section, CancellationToken cancellation)
    {
        if (section.Part.Count == 0) return message.Length;
        if (Find(root, section) is not { } part) return 0;
        if (!IsText(part)) return part.Size;
        await using var decoded = await Open(message, root, section, cancellation);
        return decoded!.Content.Length;
    }

    static bool IsText(BodyPart part) => part.Type.StartsWith("text/", StringComparison.Ordinal);

    static BodyPart? Find(BodyPart root, BodySection section) =>
        section.Part.Count > 0 && SectionReader.Part(root, section.Part) is { IsMultipart: false } part ? part : null;
}
