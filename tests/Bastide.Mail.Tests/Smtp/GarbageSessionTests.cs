using System.Text;
using Bastide.Mail.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>Sessions of changed and cut commands: each ends with SMTP's own words, and the server lives on.</summary>
public sealed class GarbageSessionTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    const string Session = "EHLO a\r\nMAIL FROM:<a@b.example> SIZE=10\r\nRCPT TO:<alice@demo.localhost>\r\nBDAT 5\r\nabcdeBDAT 2 LAST\r\n\r\n"
        + "RSET\r\nMAIL FROM:<>\r\nRCPT TO:<alice@demo.localhost>\r\nDATA\r\nSubject: x\r\n\r\n..\r\n.\r\nVRFY x\r\nSTARTTLS x\r\nAUTH PLAIN AAAA\r\nNOOP\r\nQUIT\r\n";

    [Fact]
    public async Task Whatever_is_said_is_answered_or_hung_up_upon()
    {
        await using var workplace = await MailWorkplace.Start(fixture, limits: new SmtpLimits { MessageSize = 10_000, Drain = 10_000 });
        await workplace.Add("alice");
        var random = new Random(11);
        for (var run = 0; run < 300; run++)
        {
            var octets = Encoding.ASCII.GetBytes(Session).ToList();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                var at = random.Next(octets.Count);
                switch (random.Next(4))
                {
                    case 0: octets.Insert(at, (byte)random.Next(256)); break;
                    case 1: octets.RemoveAt(at); break;
                    case 2: octets[at] = (byte)random.Next(256); break;
                    default: octets.RemoveRange(at, Math.Min(octets.Count - at, random.Next(40))); break;
                }
            }

            await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
            await peer.Send([.. octets]);
            peer.HangUp();
            while (await peer.ReadLine() is { } line) line.ShouldMatch("^[2-5][0-9][0-9][ -]");
        }

        await using var last = await SmtpPeer.Greeted(workplace.Transfer);
        (await last.Deliver("stranger@example.org", "alice@demo.localhost", "Subject: alive\n\nyes\n")).ShouldStartWith("250");
    }
}
