using System.Net;
using System.Net.Sockets;
using System.Text;
using Bastide.Mail.Tests.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

/// <summary>What the server holds for a client, whatever that says or does not read.</summary>
[Collection(typeof(MeasuresMemory))]
public sealed class ImapMemoryTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    const int Many = 300;
    const int Most = 64 * 1024;

    [Theory]
    [InlineData("", 0)]
    [InlineData("a LOGIN {12000}\r\n", 11_900)]
    [InlineData("a LOGIN {4000000}\r\n", 0)]
    [InlineData("a LOGIN {12000+}\r\n", 11_900)]
    [InlineData("a LOGIN {6000+}\r\n", 11_000)]
    [InlineData("a ID (\"", 11_900)]
    [InlineData("a AUTHENTICATE PLAIN\r\n", 11_900)]
    public async Task A_client_that_has_not_signed_in_holds_less_than_64_KiB(string said, int more)
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        await Hold(workplace, said, more, 20);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sockets = await Open(workplace, said, more, Many);
        // What they sent has come in once the server has nothing to read any more: it answers others meanwhile.
        await using var other = await SmtpPeer.Connect(workplace.Imap);
        (await other.ReadLine()).ShouldStartWith("* OK ");
        await other.Send("a NOOP\r\n");
        (await other.ReadLine()).ShouldBe("a OK NOOP completed");
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;
        foreach (var socket in sockets) socket.Dispose();
        held.ShouldBeLessThan(Most);
        TestContext.Current.SendDiagnosticMessage($"{held} octets a connection after '{said.Trim()}' and {more} more");
    }

    [Fact]
    public async Task A_client_that_asks_for_everything_and_never_reads_is_held_no_messages_for()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await workplace.GiveText(alice, "Subject: Large\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 60_000)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sockets = new List<Socket>();
        for (var count = 0; count < 20; count++)
            sockets.Add(await Connect(workplace, Encoding.ASCII.GetBytes($"a LOGIN alice@demo.localhost {FakeSignIn.Password}\r\nb SELECT INBOX\r\nc FETCH 1 BODY.PEEK[]\r\nd FETCH 1 BODY.PEEK[]\r\n")));
        // Each has taken what the system holds for it, and the server waits for room: 20 times 4.7 MB would be 94 MB.
        await Bastide.Testing.Wait.Until(() => sockets.TrueForAll(socket => socket.Available > 10_000), "all of them are answered");
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var socket in sockets) socket.Dispose();
        held.ShouldBeLessThan(20L << 20);
    }

    /// <summary>Runs it once, so that what is made the first time is made.</summary>
    static async Task Hold(MailWorkplace workplace, string said, int more, int count)
    {
        foreach (var socket in await Open(workplace, said, more, count)) socket.Dispose();
    }

    static async Task<List<Socket>> Open(MailWorkplace workplace, string said, int more, int count)
    {
        var octets = Encoding.ASCII.GetBytes(said + new string('x', more));
        var sockets = new List<Socket>();
        for (var at = 0; at < count; at++) sockets.Add(await Connect(workplace, octets));
        return sockets;
    }

    static async Task<Socket> Connect(MailWorkplace workplace, byte[] octets)
    {
        // Without buffers of its own: what is counted is the server's.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, workplace.Imap.Port));
        if (octets.Length > 0) await socket.SendAsync(octets);
        return socket;
    }
}
