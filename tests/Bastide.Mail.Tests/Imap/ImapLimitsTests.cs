using Bastide.Mail.Imap;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Limits;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

/// <summary>What a client can make the server hold on to has an end: time, octets, connections.</summary>
public sealed class ImapLimitsTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    [Fact]
    public async Task A_client_that_does_not_sign_in_is_sent_away_after_a_minute_even_if_it_talks()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await using var peer = await Greeted(workplace);
        var last = LastLine(peer);
        await Pass(workplace, last, TimeSpan.FromSeconds(5), () => peer.Send("x"));
        (await last).ShouldBe("* BYE You were silent for too long");
    }

    [Fact]
    public async Task A_client_that_is_signed_in_may_be_silent_for_half_an_hour_and_not_for_ever()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await using var peer = await SignedIn(workplace);
        workplace.Time.Advance(TimeSpan.FromMinutes(29));
        await Say(peer, "a NOOP", "a OK NOOP completed");
        var last = LastLine(peer);
        await Pass(workplace, last, TimeSpan.FromMinutes(5));
        (await last).ShouldBe("* BYE You were silent for too long");
    }

    [Fact]
    public async Task A_client_that_says_one_octet_a_second_is_heard()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await workplace.Add("alice");
        await using var peer = await Greeted(workplace);
        await Slowly(workplace, peer, $"a LOGIN alice@demo.localhost {FakeSignIn.Password}\r\n");
        (await peer.ReadLine()).ShouldStartWith("a OK ");
        // Several minutes for one command, of which no piece takes as long as a piece may.
        await Slowly(workplace, peer, "b APPEND INBOX {60}\r\n");
        for (var message = 1; message <= 5; message++)
        {
            (await peer.ReadLine()).ShouldBe("+ Go on");
            await Slowly(workplace, peer, "Subject: slow\r\n\r\n" + new string('x', 43) + (message < 5 ? " {60}\r\n" : "\r\n"));
        }

        (await peer.ReadLine()).ShouldStartWith("b OK [APPENDUID ");
        await Slowly(workplace, peer, "c STATUS INBOX (MESSAGES SIZE)\r\n");
        (await peer.ReadLine()).ShouldBe("* STATUS INBOX (MESSAGES 5 SIZE 300)");
    }

    [Fact]
    public async Task Who_says_one_octet_a_second_has_no_more_time_to_sign_in_than_anybody()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await using var peer = await Greeted(workplace);
        await Slowly(workplace, peer, "a LOGIN {12000+}\r\n");
        var last = LastLine(peer);
        await Pass(workplace, last, TimeSpan.FromSeconds(1), () => peer.Send("x"));
        (await last).ShouldBe("* BYE You were silent for too long");
    }

    [Fact]
    public async Task A_literal_of_one_octet_now_and_then_may_come_but_one_that_stops_ends()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await using var peer = await SignedIn(workplace);
        await peer.Send("a APPEND INBOX {1000}\r\n");
        (await peer.ReadLine()).ShouldBe("+ Go on");
        await peer.Send("Subject: x");
        var last = LastLine(peer);
        await Pass(workplace, last, TimeSpan.FromMinutes(1));
        (await last).ShouldBe("* BYE You were silent for too long");
    }

    [Fact]
    public async Task A_client_that_never_reads_is_cut_off()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await using var peer = await SignedIn(workplace);
        var many = string.Concat(Enumerable.Repeat("a LIST \"\" *\r\n", 1000));
        var sending = Task.Run(async () =>
        {
            while (true) await peer.Send(many);
        });
        await Pass(workplace, sending, TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<IOException>(sending);
    }

    [Fact]
    public async Task One_address_has_so_many_connections_and_no_more()
    {
        await using var workplace = await ImapWorkplace.Start(fixture, new ImapLimits { Connections = new ConcurrencyLimit("test", 1) });
        await using var first = await Greeted(workplace);
        await using var second = await SmtpPeer.Connect(workplace.Imap);
        (await second.ReadLine()).ShouldBe("* BYE [UNAVAILABLE] Too many connections: come back in a minute");
        (await second.ReadLine()).ShouldBeNull();
    }

    [Fact]
    public async Task One_account_has_so_many_connections_and_no_more()
    {
        await using var workplace = await ImapWorkplace.Start(fixture, new ImapLimits { AccountConnections = new ConcurrencyLimit("test", 1) });
        await using var first = await SignedIn(workplace);
        await using var second = await Greeted(workplace);
        await Say(second, $"a LOGIN alice@demo.localhost {FakeSignIn.Password}", "a NO [LIMIT] You have too many connections: close some");
    }

    [Fact]
    public async Task Whoever_is_signed_out_elsewhere_is_signed_out_here_at_once_also_while_idle()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await using var peer = await SignedIn(workplace);
        await peer.Send("a SELECT INBOX\r\nb IDLE\r\n");
        while (await peer.ReadLine() != "+ idling")
        {
        }

        workplace.SignIn.Revoke((await workplace.Directory.Find("alice@demo.localhost", CancellationToken.None))!.Account);
        (await peer.ReadLine()).ShouldBe("* BYE [UNAVAILABLE] You were signed out");
        (await peer.ReadLine()).ShouldBeNull();
    }

    [Fact]
    public async Task An_idle_client_that_was_told_something_may_be_silent_for_as_long_as_any_other()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await using var peer = await SignedIn(workplace);
        var alice = (await workplace.Directory.Find("alice@demo.localhost", CancellationToken.None))!;
        await peer.Send("a SELECT INBOX\r\nb IDLE\r\n");
        while (await peer.ReadLine() != "+ idling")
        {
        }

        for (var number = 1; number < 4; number++)
        {
            await workplace.Give(alice, number, 1);
            (await peer.ReadLine()).ShouldBe($"* {number} EXISTS");
            workplace.Time.Advance(TimeSpan.FromMinutes(9));
        }

        await Say(peer, "DONE", "b OK IDLE completed");
    }

    static async Task<SmtpPeer> Greeted(MailWorkplace workplace)
    {
        var peer = await SmtpPeer.Connect(workplace.Imap);
        (await peer.ReadLine()).ShouldStartWith("* OK ");
        return peer;
    }

    static async Task<SmtpPeer> SignedIn(MailWorkplace workplace)
    {
        await workplace.Add("alice");
        var peer = await Greeted(workplace);
        await peer.Send($"in LOGIN alice@demo.localhost {FakeSignIn.Password}\r\n");
        (await peer.ReadLine()).ShouldStartWith("in OK ");
        return peer;
    }

    static async Task Say(SmtpPeer peer, string command, string answer)
    {
        await peer.Send(command + "\r\n");
        (await peer.ReadLine()).ShouldBe(answer);
    }

    /// <summary>Says it, a second passing between each octet and the next.</summary>
    static async Task Slowly(MailWorkplace workplace, SmtpPeer peer, string text)
    {
        foreach (var octet in text)
        {
            await peer.Send($"{octet}");
            workplace.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    static async Task<string?> LastLine(SmtpPeer peer)
    {
        string? last = null;
        while (await peer.ReadLine() is { } line) last = line;
        return last;
    }

    /// <summary>Lets time pass until the other side has had enough.</summary>
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
