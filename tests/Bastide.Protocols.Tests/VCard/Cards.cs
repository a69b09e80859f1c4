using System.Text;
using Bastide.Protocols.VCard;
using Shouldly;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>Cards as tests write them: lines with any end, between BEGIN and END.</summary>
static class Cards
{
    /// <summary>A card of 4.0 with these lines.</summary>
    public static Card Four(string lines) => Read("BEGIN:VCARD\nVERSION:4.0\n" + lines.Trim('\n') + "\nEND:VCARD\n");

    /// <summary>A card of 3.0 with these lines.</summary>
    public static Card Three(string lines) => Read("BEGIN:VCARD\nVERSION:3.0\n" + lines.Trim('\n') + "\nEND:VCARD\n");

    /// <summary>A card of 2.1 with these lines.</summary>
    public static Card Two(string lines) => Read("BEGIN:VCARD\nVERSION:2.1\n" + lines.Trim('\n') + "\nEND:VCARD\n");

    public static Card Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static Card Read(byte[] octets)
    {
        var reading = CardReader.Read(octets);
        reading.Error.ShouldBeNull();
        return reading.Card!;
    }

    public static CardError Refused(string text) => CardReader.Read(Encoding.UTF8.GetBytes(text)).Error.ShouldNotBeNull();

    /// <summary>The properties as unfolded lines.</summary>
    public static string[] Lines(this Card card) => [.. card.Properties.Select(CardWriter.Line)];
}
