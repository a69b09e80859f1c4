using System.Globalization;
using System.Text;
using Bastide.Mail.Smtp;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>More than anyone may send: each gets its refusal, nothing of it is kept, and the connection goes on.</summary>
[Collection(typeof(MeasuresMemory))]
public sealed class TooMuchTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    const long Size = 200_000_000;
    static readonly byte[] Block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 78) + "\r\n", 12_500)));

    [Fact]
    public async Task Two_hundred_megabytes_are_refused_before_they_come_where_the_peer_says_so()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await using var peer = await Begin(workplace, alice.Address, $"SIZE={Size}", "552 5.3.4");
        await GoesOn(workplace, peer, alice);
    }

    [Fact]
    public async Task Two_hundred_megabytes_of_DATA_are_read_to_their_end_and_refused()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await using var peer = await Begin(workplace, alice.Address);
        (await peer.Say("DATA")).ShouldStartWith("354");
        await peer.Send("Subject: large\r\n\r\n");
        await Pour(peer);
        (await peer.Say(".")).ShouldStartWith("552 5.3.4");
        await GoesOn(workplace, peer, alice);
    }

    [Fact]
    public async Task Two_hundred_megabytes_in_one_chunk_are_read_to_their_end_and_refused()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await using var peer = await Begin(workplace, alice.Address);
        await peer.Send($"BDAT {Size} LAST\r\n");
        await Pour(peer);
        (await peer.ReadReply()).ShouldStartWith("552 5.3.4");
        await GoesOn(workplace, peer, alice);
    }

    [Fact]
    public async Task Chunk_upon_chunk_is_refused_from_the_one_that_is_too_much()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await using var peer = await Begin(workplace, alice.Address);
        for (var chunk = 0; chunk < 20; chunk++)
        {
            await peer.Send("BDAT 10000000\r\n");
            for (var i = 0; i < 10; i++) await peer.Send(Block);
            // 50 MiB hold five chunks of ten million octets.
            (await peer.ReadReply()).ShouldStartWith(chunk switch { < 5 => "250", 5 => "552 5.3.4", _ => "503 5.5.1" });
            if (chunk == 8) break;
        }

        (await peer.Say("BDAT 0 LAST")).ShouldStartWith("503 5.5.1");
        await GoesOn(workplace, peer, alice);
    }

    [Fact]
    public async Task Of_ten_thousand_recipients_five_hundred_are_taken_and_the_others_told_to_come_again()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        await peer.Say("EHLO client.example");
        await peer.Say("MAIL FROM:<stranger@example.org>");
        var replies = new Dictionary<string, int>();
        for (var i = 0; i < 100; i++)
        {
            // Pipelined, a hundred at once.
            var group = string.Concat(Enumerable.Range(i * 100, 100).Select(n => string.Create(CultureInfo.InvariantCulture, $"RCPT TO:<alice+{n}@{TestSettings.Domain}>\r\n")));
            await peer.Send(group);
            for (var n = 0; n < 100; n++)
            {
                var reply = (await peer.ReadReply())[..9];
                replies[reply] = replies.GetValueOrDefault(reply) + 1;
            }
        }

        replies.ShouldBe(new Dictionary<string, int> { ["250 2.1.5"] = 500, ["452 4.5.3"] = 9500 });
        (await peer.Say("DATA")).ShouldStartWith("354");
        (await peer.Say("Subject: many\r\n\r\nx\r\n.")).ShouldStartWith("250");
        (await workplace.Messages(alice)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_of_a_hundred_megabytes_is_not_held()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        var line = new byte[1_000_000];
        Array.Fill(line, (byte)'A');
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 100; i++) await peer.Send(line);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(16L << 20);
        (await peer.Say("")).ShouldStartWith("500 5.5.2");
        (await peer.Say("NOOP")).ShouldStartWith("250");
    }

    [Fact]
    public async Task A_large_message_crosses_without_being_held_in_memory()
    {
        await using var workplace = await MailWorkplace.Start(fixture, limits: new SmtpLimits { MessageSize = 300L << 20 });
        var alice = await workplace.Add("alice");
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        await peer.Say("HELO client.example");
        await peer.Say("MAIL FROM:<stranger@example.org>");
        await peer.Say("RCPT TO:<alice@demo.localhost>");
        await peer.Say("DATA");
        await peer.Send("Subject: large\r\n\r\n");
        var line = new string('x', 76) + "\r\n";
        var block = string.Concat(Enumerable.Repeat(line, 4000));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var sent = 0; sent < 60; sent++) await peer.Send(block);
        // 18 MB have come; what is held of them is a piece, not the whole.
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(8L << 20);
        (await peer.Say(".")).ShouldStartWith("250");
        var kept = await fixture.Database.Read(scope => scope.Long(new Bastide.Platform.Db.Sql("SELECT size FROM messages WHERE account_id = $1"), alice.Account), CancellationToken.None);
        kept!.Value.ShouldBeGreaterThan(60L * block.Length);
    }

    static async Task<SmtpPeer> Begin(MailWorkplace workplace, string to, string parameter = "", string reply = "250")
    {
        var peer = await SmtpPeer.Greeted(workplace.Transfer);
        await peer.Say("EHLO client.example");
        (await peer.Say($"MAIL FROM:<stranger@example.org> {parameter}".TrimEnd())).ShouldStartWith(reply);
        if (reply == "250") (await peer.Say($"RCPT TO:<{to}>")).ShouldStartWith("250");
        return peer;
    }

    /// <summary>Two hundred million octets, none of which is held.</summary>
    static async Task Pour(SmtpPeer peer)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var sent = 0L; sent < Size; sent += Block.Length) await peer.Send(Block);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(16L << 20);
    }

    /// <summary>Nothing was kept, in the database or beside it, and the next message on the same connection is taken.</summary>
    async Task GoesOn(MailWorkplace workplace, SmtpPeer peer, Bastide.Abstractions.Identity.DirectoryEntry person)
    {
        (await workplace.Messages(person)).ShouldBeEmpty();
        System.IO.Directory.EnumerateFiles(fixture.Settings.Data, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 20_000_000).ShouldBeEmpty();
        (await peer.Say("RSET")).ShouldStartWith("250");
        (await peer.Deliver("stranger@example.org", person.Address, "Subject: small\n\nx\n")).ShouldStartWith("250");
        (await workplace.Messages(person)).Count.ShouldBe(1);
    }
}
