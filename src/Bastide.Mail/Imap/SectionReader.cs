using Bastide.Mail.Mime;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>Finds the octets of a section by where its part stands, without parsing the message (RFC 9051 §6.4.5.1).</summary>
static class SectionReader
{
    /// <summary>The octets that a section names; null where there is none such.</summary>
    public static async ValueTask<Stream?> Open(Stream message, BodyPart root, BodySection section, CancellationToken cancellation)
    {
        if (section.Part.Count == 0)
            return section.Kind switch
            {
                BodySectionKind.Whole => PartContent.Range(message, 0, message.Length),
                BodySectionKind.Text => PartContent.Range(message, root.BodyStart, message.Length),
                _ => await Header(message, root.HeaderStart, root.BodyStart, section, cancellation),
            };
        if (Part(root, section.Part) is not { } part) return null;
        switch (section.Kind)
        {
            case BodySectionKind.Whole:
                return PartContent.Range(message, part.BodyStart, part.BodyEnd);
            case BodySectionKind.Mime:
                return PartContent.Range(message, part.HeaderStart, part.BodyStart);
            default:
                // HEADER and TEXT are of a message within the message.
                if (part.Embedded is not { } inside) return null;
                return section.Kind == BodySectionKind.Text
                    ? PartContent.Range(message, inside.BodyStart, part.BodyEnd)
                    : await Header(message, inside.HeaderStart, inside.BodyStart, section, cancellation);
        }
    }

    /// <summary>The part of these numbers, or null.</summary>
    public static BodyPart? Part(BodyPart root, IReadOnlyList<uint> numbers)
    {
        var (at, isMessage) = (root, true);
        foreach (var number in numbers)
        {
            if (at.SubParts is { } parts)
            {
                if (number > parts.Count) return null;
                (at, isMessage) = (parts[(int)number - 1], false);
            }
            else if (!isMessage && at.Embedded is { } inside)
            {
                if (inside.SubParts is { } within)
                {
                    if (number > within.Count) return null;
                    (at, isMessage) = (within[(int)number - 1], false);
                }
                else if (number == 1)
                {
                    (at, isMessage) = (inside, false);
                }
                else
                {
                    return null;
                }
            }
            else if (isMessage && number == 1)
            {
                // A message that is not a multipart is its own part 1.
                isMessage = false;
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    static async ValueTask<Stream> Header(Stream message, long start, long end, BodySection section, CancellationToken cancellation)
    {
        if (section.Kind == BodySectionKind.Header) return PartContent.Range(message, start, end);
        var octets = new byte[(int)Math.Clamp(end - start, 0, MimeBounds.MaxHeaderOctets)];
        message.Position = start;
        var length = await message.ReadAtLeastAsync(octets, octets.Length, throwOnEndOfStream: false, cancellation);
        var wanted = section.Kind == BodySectionKind.HeaderFields;
        var chosen = new MemoryStream();
        Choose(octets.AsSpan(0, length), section.Fields, wanted, chosen);
        chosen.Write("\r\n"u8);
        chosen.Position = 0;
        return chosen;
    }

    static void Choose(ReadOnlySpan<byte> header, IReadOnlyList<string> names, bool wanted, Stream into)
    {
        while (!header.IsEmpty && header[0] is not ((byte)'\r' or (byte)'\n'))
        {
            var end = HeaderFields.EndOfField(header);
            var field = header[..end];
            header = header[end..];
            var colon = field.IndexOf((byte)':');
            var name = colon < 0 ? default : field[..colon].TrimEnd(" \t"u8);
            if (IsNamed(name, names) == wanted) into.Write(field);
        }
    }

    static bool IsNamed(ReadOnlySpan<byte> name, IReadOnlyList<string> names)
    {
        foreach (var each in names)
            if (System.Text.Ascii.EqualsIgnoreCase(name, each))
                return true;
        return false;
    }
}
