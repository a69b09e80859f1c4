using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Bastide.Conformance.Imap;

/// <summary>Crowds that never sign in cost little, and nobody else their mail.</summary>
public sealed class ManyConnections : IAsyncLifetime
{
    const int Connections = 10_000;
    // Fewer than one address may have.
    const int OfOneAddress = 900;
    const long MostOfOne = 64 * 1024;

    RunningWorkplace _workplace = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _workplace = await RunningWorkplace.Start();

    public ValueTask DisposeAsync() => _workplace.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_connections_that_only_say_hello_leave_the_others_theirs() =>
        await Crowd(Connections, "a1 CAPABILITY\r\na2 NOOP\r\n", "a2 OK");

    [Fact]
    public async Task Literals_that_never_end_before_signing_in_hold_next_to_nothing() =>
        await Crowd(2_000, $"a1 LOGIN {{8000+}}\r\n{new string('x', 7_000)}", "");

    async Task Crowd(int size, string says, string hears)
    {
        // What the first ones need is needed once.
        using (await SignedIn()) await Meet(0, says, hears);
        var before = Memory();
        var crowd = new List<Socket>();
        try
        {
            for (var n = 0; n < size; n++) crowd.Add(await Meet(n, says, hears));
            (Memory() - before).ShouldBeLessThan(size * MostOfOne);
            using var imap = await SignedIn();
            await imap.Inbox.OpenAsync(MailKit.FolderAccess.ReadOnly, Cancellation);
            imap.Inbox.Count.ShouldBeGreaterThan(0);
        }
        finally
        {
            foreach (var socket in crowd) socket.Dispose();
        }
    }

    async Task<Socket> Meet(int number, string says, string hears)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + number / OfOneAddress)]), 0));
        await socket.ConnectAsync(IPAddress.Loopback, _workplace.Imap, Cancellation);
        await Hear(socket, "* OK");
        await socket.SendAsync(Encoding.ASCII.GetBytes(says), Cancellation);
        if (hears.Length > 0) await Hear(socket, hears);
        return socket;
    }

    static async Task Hear(Socket socket, string wanted)
    {
        var (heard, buffer) = ("", new byte[2048]);
        while (!heard.Contains(wanted, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, Cancellation);
            if (read == 0) throw new IOException("The server closed the connection: " + heard);
            heard += Encoding.ASCII.GetString(buffer, 0, read);
        }
    }

    async Task<ImapClient> SignedIn()
    {
        var imap = new ImapClient();
        await imap.ConnectAsync("127.0.0.1", _workplace.Imap, SecureSocketOptions.None, Cancellation);
        await imap.AuthenticateAsync("alice@demo.localhost", "bastide-demo", Cancellation);
        return imap;
    }

    long Memory()
    {
        var line = File.ReadLines($"/proc/{_workplace.Process.Id}/status").First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
