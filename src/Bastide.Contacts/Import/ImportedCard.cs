using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Bastide.Contacts.Store;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Import;

/// <summary>A card of a file as it is stored: as it came where that can be, as 3.0 where it was 2.1, and with a uid.</summary>
static class ImportedCard
{
    /// <summary>What is stored of a card that was read.</summary>
    public static CardContent Of(CardReading reading, DateTimeOffset now)
    {
        var card = reading.Card!;
        var isAsItCame = card.Version != CardVersion.V21 && Utf8.IsValid(reading.Octets.Span);
        if (card.Version == CardVersion.V21) card = CardConversion.To(card, CardVersion.V30);
        var octets = isAsItCame ? reading.Octets.ToArray() : CardWriter.Write(card);
        if (card.First("UID")?.Value is { Length: > 0 }) return CardDerivation.Of(card, octets, now, now);
        // Made of what the card says, so that the same file imported again brings nothing twice.
        var uid = new CardProperty("UID", UidOf(card));
        card = card with { Properties = [.. card.Properties.Where(property => !property.Is("UID")), uid] };
        return CardDerivation.Of(card, isAsItCame ? With(octets, uid) : CardWriter.Write(card), now, now);
    }

    static string UidOf(Card card)
    {
        var hash = SHA256.HashData(CardWriter.Write(card));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return "urn:uuid:" + new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }

    /// <summary>The card with one more line before its end.</summary>
    static byte[] With(byte[] octets, CardProperty property)
    {
        var line = Encoding.UTF8.GetBytes(CardWriter.Line(property) + "\r\n");
        var end = octets.Length;
        for (var at = octets.Length - "END:VCARD".Length; at >= 0; at--)
        {
            if (!Ascii.EqualsIgnoreCase(octets.AsSpan(at, "END:VCARD".Length), "END:VCARD"u8)) continue;
            end = at;
            break;
        }

        return [.. octets[..end], .. line, .. octets[end..]];
    }
}
