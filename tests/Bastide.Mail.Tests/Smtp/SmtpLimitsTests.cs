using System.Globalization;
using Bastide.Mail.Smtp;
using Bastide.Platform.Limits;
using Bastide.Platform.Settings;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>What a peer can make the server hold on to has an end: time, octets, commands, connections.</summary>
public sealed class SmtpLimitsTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    [Fact]
    public async Task A_peer_that_says_nothing_is_sent_away_after_five_minutes()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        var last = peer.ReadLine();
        await Pass(workplace, last, TimeSpan.FromMinutes(1));
        (await last).ShouldStartWith("421 4.4.2");
        (await peer.ReadLine()).ShouldBeNull();
    }

    [Fact]
    public async Task A_command_of_one_octet_now_and_then_is_cut_off_all_the_same()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        var last = peer.ReadLine();
        await Pass(workplace, last, TimeSpan.FromSeconds(10), () => peer.Send("x"));
        (await last).ShouldStartWith("421 4.4.2");
    }

    [Fact]
    public async Task A_message_of_one_octet_now_and_then_is_cut_off_and_not_delivered()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        await peer.Say("HELO client.example");
        await peer.Say("MAIL FROM:<stranger@example.org>");
        await peer.Say("RCPT TO:<alice@demo.localhost>");
        await peer.Say("DATA");
        var last = peer.ReadLine();
        await Pass(workplace, last, TimeSpan.FromSeconds(10), () => peer.Send("x"));
        (await last).ShouldStartWith("421 4.4.2");
        (await peer.ReadLine()).ShouldBeNull();
        (await workplace.Messages(alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_peer_that_never_reads_is_cut_off()
    {
        await using var workplace = await MailWorkplace.Start(fixture, limits: new SmtpLimits { IdleCommands = int.MaxValue });
        await using var peer = await SmtpPeer.Connect(workplace.Transfer);
        var many = string.Concat(Enumerable.Repeat("HELP\r\n", 1000));
        var sending = Task.Run(async () =>
        {
            while (true) await peer.Send(many);
        });
        await Pass(workplace, sending, TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<IOException>(sending);
    }

    [Fact]
    public async Task No_connection_lasts_for_ever()
    {
        await using var workplace = await MailWorkplace.Start(fixture, limits: new SmtpLimits { Connection = TimeSpan.FromMinutes(10), IdleCommands = int.MaxValue });
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        string reply;
        do
        {
            workplace.Time.Advance(TimeSpan.FromMinutes(1));
            reply = await peer.Say("NOOP");
        }
        while (reply.StartsWith("250", StringComparison.Ordinal));
        reply.ShouldStartWith("421 4.4.2");
        (await peer.ReadLine()).ShouldBeNull();
    }

    [Fact]
    public async Task One_address_has_so_many_connections_and_no_more()
    {
        await using var workplace = await MailWorkplace.Start(fixture, limits: new SmtpLimits { Connections = new ConcurrencyLimit("test", 2) });
        await using var first = await SmtpPeer.Greeted(workplace.Transfer);
        await using (await SmtpPeer.Greeted(workplace.Transfer))
        {
            await using var third = await SmtpPeer.Connect(workplace.Transfer);
            (await third.ReadLine()).ShouldStartWith("421 4.7.0");
            (await third.ReadLine()).ShouldBeNull();
        }

        await Bastide.Testing.Wait.Until(async () =>
        {
            await using var again = await SmtpPeer.Connect(workplace.Transfer);
            return (await again.ReadLine())!.StartsWith("220", StringComparison.Ordinal);
        }, "the place of the one who left is free");
    }

    [Fact]
    public async Task Whoever_is_signed_out_elsewhere_is_signed_out_here_at_once()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await using var peer = await SmtpPeer.Greeted(workplace.Submission);
        await peer.Say("EHLO client.example");
        (await peer.Say("AUTH PLAIN AGFsaWNlQGRlbW8ubG9jYWxob3N0AGJhc3RpZGUtZGVtbw==")).ShouldStartWith("235");
        workplace.SignIn.Revoke(alice.Account);
        (await peer.ReadLine()).ShouldStartWith("421 4.7.0");
        (await peer.ReadLine()).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        var stopping = workplace.StopServer();
        (await peer.ReadLine()).ShouldStartWith("421 4.3.2");
        (await peer.ReadLine()).ShouldBeNull();
        await stopping;
    }

    [Fact]
    public async Task Passwords_do_not_cross_in_the_clear_where_that_is_forbidden()
    {
        await using var workplace = await MailWorkplace.Start(fixture, settings => settings with { AuthPlaintext = PlaintextAuth.Never });
        await workplace.Add("alice");
        await using var peer = await SmtpPeer.Greeted(workplace.Submission);
        await peer.Send("EHLO client.example\r\n");
        string line;
        do
        {
            line = await peer.ReadLine() ?? "";
            line.ShouldNotContain("AUTH");
        }
        while (line[3] == '-');
        (await peer.Say("AUTH PLAIN AGFsaWNlQGRlbW8ubG9jYWxob3N0AGJhc3RpZGUtZGVtbw==")).ShouldStartWith("538 5.7.11");
        await peer.Say("STARTTLS");
        await peer.StartTls();
        await peer.Say("EHLO client.example");
        (await peer.Say("AUTH PLAIN AGFsaWNlQGRlbW8ubG9jYWxob3N0AGJhc3RpZGUtZGVtbw==")).ShouldStartWith("235");
    }

    [Fact]
    public async Task Sixteen_peers_deliver_at_once_and_every_message_that_got_250_is_there()
    {
        await using var workplace = await MailWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async peerNumber =>
        {
            await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
            for (var i = 0; i < 10; i++)
                (await peer.Deliver("stranger@example.org", alice.Address, string.Create(CultureInfo.InvariantCulture, $"Subject: {peerNumber}/{i}/\n\nhello"))).ShouldStartWith("250");
        }));
        var subjects = (await workplace.Messages(alice)).Select(m => m[m.IndexOf("Subject: ", StringComparison.Ordinal)..].Split('\r')[0]).ToList();
        subjects.Count.ShouldBe(160);
        subjects.Distinct().Count().ShouldBe(160);
    }

    /// <summary>Lets time pass, a little at once, until something has come of it.</summary>
    static async Task Pass(MailWorkplace workplace, Task until, TimeSpan step, Func<Task>? each = null)
    {
        var ended = DateTime.UtcNow + Bastide.Testing.Wait.Longest;
        while (!until.IsCompleted && DateTime.UtcNow < ended)
        {
            try
            {
                if (each is not null) await each();
            }
            catch (IOException)
            {
                // The server has hung up.
            }

            workplace.Time.Advance(step);
            await Task.WhenAny(until, Task.Delay(2));
        }

        until.IsCompleted.ShouldBeTrue("the server waited for ever");
    }
}
