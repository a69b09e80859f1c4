using System.Text;

namespace Bastide.Mail.Mime;

/// <summary>Reads the header fields of a message or part, in their order.</summary>
public static class HeaderFields
{
    const int MostFields = 20_000;

    /// <summary>
    /// The fields of the part; of the message when it is the message's whole structure. What is beyond 1 MiB is left out.
    /// </summary>
    public static async ValueTask<IReadOnlyList<HeaderField>> Read(Stream message, BodyPart part, CancellationToken cancellation)
    {
        var length = (int)Math.Clamp(part.BodyStart - part.HeaderStart, 0, MimeBounds.MaxHeaderOctets);
        var octets = new byte[length];
        message.Position = part.HeaderStart;
        var count = await message.ReadAtLeastAsync(octets, length, throwOnEndOfStream: false, cancellation);
        return Split(octets.AsMemory(0, count));
    }

    internal static List<HeaderField> Split(ReadOnlyMemory<byte> block)
    {
        var fields = new List<HeaderField>();
        var rest = block.Span;
        while (!rest.IsEmpty && fields.Count < MostFields)
        {
            var end = EndOfField(rest);
            var field = rest[..end];
            rest = rest[end..];
            if (field[0] is (byte)'\r' or (byte)'\n') break;
            var colon = field.IndexOf((byte)':');
            if (colon <= 0 || field[..colon].ContainsAny("\r\n"u8)) continue;
            var name = Encoding.UTF8.GetString(field[..colon]).TrimEnd(' ', '\t');
            if (name.Length > 0) fields.Add(new HeaderField(name, Text(WithoutLineEnd(field[(colon + 1)..]))));
        }

        return fields;
    }

    /// <summary>Behind the line break that no white space follows.</summary>
    internal static int EndOfField(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        while (true)
        {
            var line = rest[at..].IndexOf((byte)'\n');
            if (line < 0) return rest.Length;
            at += line + 1;
            if (at >= rest.Length || rest[at] is not ((byte)' ' or (byte)'\t')) return at;
        }
    }

    static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> value)
    {
        if (value.EndsWith("\n"u8)) value = value[..^1];
        return value.EndsWith("\r"u8) ? value[..^1] : value;
    }

    static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value).Replace("\0", "", StringComparison.Ordinal);
}
