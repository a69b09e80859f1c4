using System.Text;
using Bastide.Protocols.VCard;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>Whatever octets come: a card, or the line and the reason why there is none.</summary>
public sealed class CardGarbageTests
{
    static readonly string[] Seeds =
    [
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë\r\nN;JSCOMPS=\";1;0\":Doe;Jane;;;;;\r\nitem1.TEL;TYPE=\"work,cell\";VALUE=uri:tel:+1\r\nitem1.X-ABLabel:x\r\nADR;LABEL=\"a^nb\":;;1 St;Town;;;FR\r\nPHOTO:data:image/jpeg;base64,/9j/\r\nBDAY:--0203\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=\n=20;b;;;\nPHOTO;JPEG;BASE64:\n /9j/4AA\n\nAGENT:\nBEGIN:VCARD\nFN:x\nEND:VCARD\nTEL;HOME:1\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:3.0\nFN:a\\,b\nLABEL;TYPE=home:x\nADR;TYPE=home,pref:;;;;;;\nGEO:1;2\nTZ:-05:00\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\nSORT-STRING:q\nEND:VCARD\n",
    ];

    [Fact]
    public async Task Changed_cards_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(11);
        var (read, refused) = (0, 0);
        for (var run = 0; run < 20_000; run++)
        {
            var octets = Encoding.UTF8.GetBytes(Seeds[run % Seeds.Length]).ToList();
            for (var change = random.Next(0, 6); change > 0; change--) Change(octets, random);
            await foreach (var reading in CardFile.Read(new MemoryStream([.. octets]), TestContext.Current.CancellationToken))
            {
                if (reading.Card is { } card)
                {
                    read++;
                    Cards.Read(CardWriter.Write(CardConversion.To(card, CardVersion.V40))).ShouldNotBeNull();
                    Cards.Read(CardWriter.Write(CardConversion.To(CardConversion.To(card, CardVersion.V40), CardVersion.V30))).ShouldNotBeNull();
                }
                else
                {
                    refused++;
                    reading.Error!.Line.ShouldBeGreaterThan(0);
                }
            }
        }

        read.ShouldBeGreaterThan(3000);
        refused.ShouldBeGreaterThan(1000);
    }

    static void Change(List<byte> octets, Random random)
    {
        if (octets.Count == 0) return;
        var at = random.Next(octets.Count);
        switch (random.Next(5))
        {
            case 0: octets.Insert(at, (byte)random.Next(256)); break;
            case 1: octets.RemoveAt(at); break;
            case 2: octets[at] = ":;,=\"\\^\r\n .-+"u8[random.Next(13)]; break;
            case 3: octets.InsertRange(at, octets.GetRange(0, random.Next(Math.Min(octets.Count, 40)))); break;
            default: octets.RemoveRange(at, Math.Min(octets.Count - at, random.Next(20))); break;
        }
    }
}
