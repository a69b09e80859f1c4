using System.Buffers;
using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>Writes a vCard of version 3.0 or 4.0, folded at 75 octets, never within a character. RFC 6350 §3.2.</summary>
public static class CardWriter
{
    const int LineOctets = 75;

    /// <summary>The octets of a card.</summary>
    public static byte[] Write(Card card)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("BEGIN:VCARD\r\nVERSION:"u8);
        output.Write(card.Version == CardVersion.V40 ? "4.0\r\n"u8 : "3.0\r\n"u8);
        foreach (var property in card.Properties) WriteFolded(output, Line(property));
        output.Write("END:VCARD\r\n"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The content line of a property, not folded.</summary>
    public static string Line(CardProperty property)
    {
        var line = new StringBuilder(property.Name.Length + property.Value.Length + 32);
        if (property.Group is { Length: > 0 } group) line.Append(group).Append('.');
        line.Append(property.Name);
        foreach (var parameter in property.Parameters)
        {
            line.Append(';').Append(parameter.Name).Append('=');
            for (var i = 0; i < parameter.Values.Count; i++)
            {
                if (i > 0) line.Append(',');
                AppendValue(line, parameter, parameter.Values[i]);
            }
        }

        // A line break in a value would be the end of it.
        return line.Append(':').Append(property.Value.AsSpan().IndexOfAny('\r', '\n') < 0 ? property.Value : property.Value.ReplaceLineEndings("\\n")).ToString();
    }

    static void AppendValue(StringBuilder line, CardParameter parameter, string value)
    {
        var encoded = CaretEncoding.Encode(value);
        // RFC 9555 §3.3.1, §3.3.2: these two are always quoted; a space at an end would be lost otherwise.
        var isQuoted = encoded.AsSpan().IndexOfAny(",;:") >= 0 || encoded.AsSpan().Trim().Length != encoded.Length || parameter.Is("JSCOMPS") || parameter.Is("JSPTR");
        if (isQuoted) line.Append('"').Append(encoded).Append('"');
        else line.Append(encoded);
    }

    static void WriteFolded(ArrayBufferWriter<byte> output, string line)
    {
        var octets = Encoding.UTF8.GetBytes(line).AsSpan();
        var room = LineOctets;
        while (octets.Length > room)
        {
            var cut = room;
            while ((octets[cut] & 0xC0) == 0x80) cut--;
            output.Write(octets[..cut]);
            output.Write("\r\n "u8);
            octets = octets[cut..];
            room = LineOctets - 1;
        }

        output.Write(octets);
        output.Write("\r\n"u8);
    }
}
