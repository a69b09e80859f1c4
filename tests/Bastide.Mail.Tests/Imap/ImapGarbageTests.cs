using System.Text;
using Bastide.Mail.Tests.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

/// <summary>Sessions of changed and cut commands: each ends with IMAP's own words, and the server lives on.</summary>
public sealed class ImapGarbageTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    static readonly string Session = $"a LOGIN alice@demo.localhost {FakeSignIn.Password}\r\nb ENABLE QRESYNC UTF8=ACCEPT\r\nc SELECT INBOX (CONDSTORE)\r\n"
        + "d FETCH 1:* (FLAGS UID ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (SUBJECT TO)]<0.10> BINARY.PEEK[1])\r\n"
        + "e UID STORE 1:2 (UNCHANGEDSINCE 12345678) +FLAGS.SILENT (\\Seen $a)\r\nf SEARCH RETURN (MIN ALL) OR (SUBJECT \"a b\" NOT SEEN) 1:2 UID 3 SINCE 1-Jan-2026\r\n"
        + "g LIST (SUBSCRIBED) \"\" (\"*\" %) RETURN (STATUS (MESSAGES))\r\nh APPEND Drafts (\\Draft) \"02-Nov-2026 10:00:00 +0100\" {14+}\r\nSubject: a\r\n\r\n\r\n"
        + "i COPY 1 {7+}\r\nArchive\r\nj MOVE 1 Trash\r\nk UID EXPUNGE 1:*\r\nl STATUS INBOX (UIDNEXT)\r\nm IDLE\r\nDONE\r\nn CREATE &AOk-\r\no RENAME &AOk- x/y\r\np LOGOUT\r\n";

    [Fact]
    public async Task Whatever_is_said_is_answered_or_hung_up_upon()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await workplace.Give(alice, 1, 5);
        var random = new Random(12);
        for (var run = 0; run < 300; run++)
        {
            var octets = Encoding.ASCII.GetBytes(Session).ToList();
            for (var change = random.Next(0, 8); change > 0; change--)
            {
                // The sign-in is left as it is most times: what lies behind it is worth more.
                var at = random.Next(random.Next(8) == 0 ? 0 : 50, octets.Count);
                switch (random.Next(4))
                {
                    case 0: octets.Insert(at, (byte)random.Next(256)); break;
                    case 1: octets.RemoveAt(at); break;
                    case 2: octets[at] = (byte)random.Next(256); break;
                    default: octets.RemoveRange(at, Math.Min(octets.Count - at, random.Next(40))); break;
                }

                if (octets.Count < 60) break;
            }

            await using var peer = await SmtpPeer.Connect(workplace.Imap);
            await peer.Send([.. octets]);
            peer.HangUp();
            var said = new StringBuilder();
            while (await peer.ReadLine() is { } line) said.AppendLine(line);
            said.ToString().ShouldStartWith("* OK ");
            said.ToString().ShouldNotContain("[SERVERBUG]");
        }

        await using var last = await SmtpPeer.Connect(workplace.Imap);
        await last.ReadLine();
        await last.Send($"a LOGIN alice@demo.localhost {FakeSignIn.Password}\r\n");
        (await last.ReadLine()).ShouldStartWith("a OK ");
    }
}
