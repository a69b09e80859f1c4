using System.Buffers;
using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>
/// Reads one vCard: 3.0 (RFC 2426), 4.0 (RFC 6350), and 2.1 as exports have it. What programs are known to write is
/// understood: any line ends, bare parameters, octets that are not UTF-8. What makes no sense is refused with its line.
/// </summary>
public static class CardReader
{
    /// <summary>Reads a card that stands alone, with nothing but empty lines around it.</summary>
    /// <param name="octets">The card, from BEGIN to END.</param>
    /// <param name="firstLine">The number of its first line, for errors.</param>
    public static CardReading Read(ReadOnlyMemory<byte> octets, long firstLine = 1)
    {
        if (octets.Length > CardLimits.Octets) return new CardReading(null, new CardError(firstLine, $"A card has at most {CardLimits.Octets} octets."), octets, firstLine);
        if (octets.Span.StartsWith(Encoding.UTF8.Preamble)) octets = octets[3..];
        var lines = new CardLines(octets, firstLine);
        try
        {
            return new CardReading(Read(lines), null, octets, firstLine);
        }
        catch (CardException exception)
        {
            return new CardReading(null, exception.Error, octets, firstLine);
        }
    }

    static Card Read(CardLines lines)
    {
        if (!lines.TryRead(out var line)) throw new CardException(lines.Line, "There is no card.");
        if (!IsLine(line.Span, "BEGIN:VCARD"u8)) throw new CardException(lines.Line, "A card begins with BEGIN:VCARD.");
        var properties = new List<CardProperty>();
        CardVersion? version = null;
        while (lines.TryRead(out line))
        {
            if (IsLine(line.Span, "END:VCARD"u8))
            {
                if (lines.TryRead(out _)) throw new CardException(lines.Line, "There is something after the end of the card.");
                return version == CardVersion.V21 ? new Card(CardVersion.V21, properties.ConvertAll(OldValues.Escape)) : new Card(version ?? CardVersion.V30, properties);
            }

            if (IsLine(line.Span, "BEGIN:VCARD"u8))
            {
                Enclose(lines, properties);
                continue;
            }

            var property = ContentLine.Read(line.Span, lines.Line, out var error) ?? throw new CardException(lines.Line, error!);
            if (property.Is("VERSION")) version = VersionOf(property);
            else properties.Add(property);
            if (properties.Count > CardLimits.Properties) throw new CardException(lines.Line, $"A card has at most {CardLimits.Properties} properties.");
        }

        throw new CardException(lines.Line, "The card is not ended with END:VCARD.");
    }

    /// <summary>A card within a card: 2.1 writes the card of an AGENT below its empty value. It becomes the value, as in 3.0.</summary>
    static void Enclose(CardLines lines, List<CardProperty> properties)
    {
        if (properties.Count == 0 || !properties[^1].Is("AGENT") || properties[^1].Value.Length > 0)
            throw new CardException(lines.Line, "A card begins before the last one is ended.");
        var text = new StringBuilder("BEGIN:VCARD\n");
        var depth = 1;
        while (depth > 0)
        {
            if (!lines.TryReadPlain(out var line)) throw new CardException(lines.Line, "The card of an AGENT is not ended with END:VCARD.");
            if (IsLine(line.Span, "BEGIN:VCARD"u8)) depth++;
            if (IsLine(line.Span, "END:VCARD"u8)) depth--;
            if (depth > CardLimits.Depth) throw new CardException(lines.Line, $"Cards stand within one another {CardLimits.Depth} deep at most.");
            text.Append(CardCharset.Decode(line.Span)).Append('\n');
        }

        properties[^1] = properties[^1] with { Value = CardText.Escape(text.ToString()) };
    }

    static CardVersion VersionOf(CardProperty property) => property.Value.Trim() switch
    {
        "2.1" => CardVersion.V21,
        "3.0" => CardVersion.V30,
        "4.0" => CardVersion.V40,
        _ => throw new CardException(property.Line, "VERSION is 2.1, 3.0 or 4.0."),
    };

    internal static bool IsLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(line.TrimEnd(" \t\r\n"u8), text);
}
