using System.Text;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;
using Shouldly;

namespace Bastide.Mail.Tests.Mime;

/// <summary>Messages of changed, cut and mixed octets: whatever they are, they are read, and their parts stand within them.</summary>
public sealed class GarbageMailTests
{
    static readonly byte[][] Seeds = [.. new[]
    {
        "From: =?utf-8?q?Zo=C3=A9?= <zoe@example.org>, \"a, b\" <c@d>, g: e@f, h@i;;\r\nTo: (x) a@[127.0.0.1]\r\nSubject: =?iso-2022-jp?b?GyRCRnxLXDhsGyhC?= x\r\n =?utf-8?b?w6k=?=\r\nDate: Mon, 5 Jan 2026 10:00:00 +0100 (CET)\r\n"
        + "Message-ID: <1@example.org>\r\nReferences: <0@x>\r\n <1@y>\r\nList-Unsubscribe: <https://example.org/u>, <mailto:u@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\npre\r\n--b\r\n"
        + "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-8859-1; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nUn caf=E9 =\r\nsuite\r\n--c\r\n"
        + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+VW4gPGI+Y2Fmw6k8L2I+PGltZyBzcmM9Y2lkOng+PC9wPg==\r\n--c--\r\n--b\r\nContent-Type: image/png; name*0*=utf-8''%C3%A9; name*1=\".png\"\r\nContent-Disposition: attachment; filename=\"=?utf-8?q?=C3=A9?=.png\"; size=3\r\nContent-ID: <x>\r\n"
        + "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\nContent-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\nSubject: digest\r\n\r\nx\r\n--d--\r\n--b\r\nContent-Type: text/x-uu\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n#0V%T\r\n`\r\nend\r\n--b--\r\nepilogue\r\n",
        "Content-Type: text/html\r\n\r\n<html><style>@media all{a{color:red;background:url(x)}}</style><body onload=x><table><tr><td style=\"color:red\">a<p>b<a href='javascript:x'>c</a><img src=//e/x><svg><script>x</script></svg><!-- x --><![CDATA[x]]>&amp;&#x41;&nosuch;</table>",
        "Subject: x\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: y\r\n--b--\r\n",
    }.Select(Encoding.UTF8.GetBytes)];

    [Theory]
    [InlineData(7, 0, 1500)]
    // Here a part ends earlier than the reader thought while it read it: it once had a size and a name that were not its own.
    [InlineData(1234, 13_700, 20)]
    public async Task Whatever_comes_is_read_and_its_parts_stand_within_it(int seed, int from, int count)
    {
        var random = new Random(seed);
        for (var run = 0; run < from + count; run++)
        {
            var octets = Mutate(random);
            if (run < from) continue;
            using var stream = new MemoryStream(octets);
            ParsedMessage message;
            try
            {
                message = await MessageParser.Parse(stream, new StoredBlob(BlobId.Of(octets), octets.Length), CancellationToken.None);
                await Check(message, stream);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Run {run}: {exception.Message}\n{Encoding.Latin1.GetString(octets)}", exception);
            }
        }
    }

    static async Task Check(ParsedMessage message, Stream stream)
    {
        message.Preview.Length.ShouldBeLessThanOrEqualTo(256);
        var leaves = message.Structure.Leaves().ToList();
        leaves.Select(leaf => leaf.PartId).ShouldBeUnique();
        foreach (var leaf in leaves)
        {
            leaf.HeaderStart.ShouldBeInRange(0, stream.Length);
            leaf.BodyStart.ShouldBeInRange(leaf.HeaderStart, stream.Length);
            leaf.BodyEnd.ShouldBeInRange(leaf.BodyStart, stream.Length);
            await using var content = PartContent.Open(stream, leaf);
            using var decoded = new MemoryStream();
            await content.CopyToAsync(decoded);
            decoded.Length.ShouldBe(leaf.Size);
            BlobId.Of(decoded.ToArray()).ShouldBe(leaf.BlobId!.Value);
            (await BodyValue.Read(stream, leaf, 50, CancellationToken.None)).Value.ShouldNotBeNull();
        }

        await SafeHtml.Of(stream, message.Structure, CancellationToken.None);
        await MessageText.Read(stream, message.Structure, CancellationToken.None);
        foreach (var field in await HeaderFields.Read(stream, message.Structure, CancellationToken.None))
        {
            HeaderForms.AsText(field.Value).Any(c => char.IsControl(c) && c != '\t').ShouldBeFalse();
            HeaderForms.AsGroupedAddresses(field.Value).ShouldNotBeNull();
            HeaderForms.AsMessageIds(field.Value)?.ShouldNotBeEmpty();
            HeaderForms.AsUrls(field.Value)?.ShouldNotBeEmpty();
            if (HeaderForms.AsDate(field.Value) is { } date) date.UtcDateTime.Year.ShouldBeInRange(1, 9999);
        }
    }

    static byte[] Mutate(Random random)
    {
        var octets = Seeds[random.Next(Seeds.Length)].ToList();
        for (var change = random.Next(0, 12); change > 0 && octets.Count > 1; change--)
        {
            var at = random.Next(octets.Count);
            switch (random.Next(6))
            {
                case 0: octets.Insert(at, (byte)random.Next(256)); break;
                case 1: octets[at] = (byte)random.Next(256); break;
                case 2: octets.RemoveRange(at, Math.Min(octets.Count - at, random.Next(60))); break;
                case 3: octets.InsertRange(at, octets.GetRange(at, Math.Min(octets.Count - at, random.Next(80)))); break;
                case 4: octets.Insert(at, "\r\n=?<>\";:,()\0-&"u8[random.Next(15)]); break;
                default:
                    var other = Seeds[random.Next(Seeds.Length)];
                    var from = random.Next(other.Length);
                    octets.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(200))]);
                    break;
            }
        }

        return [.. octets];
    }
}
