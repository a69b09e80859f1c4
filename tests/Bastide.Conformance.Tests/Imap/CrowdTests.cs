using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Bastide.Conformance.Imap;

/// <summary>Very many connections that only say hello: they cost little and keep nobody out.</summary>
public sealed class CrowdTests : IAsyncLifetime
{
    const int Crowd = 10_000;
    const int FromOneAddress = 1000;
    const long Most = 64 * 1024;
    RunningWorkplace _workplace = null!;

    public async ValueTask InitializeAsync() => _workplace = await RunningWorkplace.Start();

    public ValueTask DisposeAsync() => _workplace.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_connections_that_only_say_hello_are_greeted_and_keep_nobody_out()
    {
        var open = new List<Socket>();
        try
        {
            // What the first ones make the server load is not theirs.
            for (var warm = 0; warm < 200; warm++) open.Add(await Hello(warm));
            var before = Memory();
            var count = Math.Min(Crowd, MayOpen() - 500);
            while (open.Count < count) open.AddRange(await Task.WhenAll(Enumerable.Range(open.Count, Math.Min(50, count - open.Count)).Select(Hello)));
            ((Memory() - before) / (count - 200)).ShouldBeLessThan(Most);

            // Anybody else is served meanwhile, and the one too many of an address is told so.
            using var client = new ImapClient();
            await client.ConnectAsync("127.0.0.1", _workplace.Imap, SecureSocketOptions.None);
            await client.AuthenticateAsync("alice@demo.localhost", "bastide-demo");
            await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
            client.Inbox.Count.ShouldBeGreaterThan(0);
            if (count == Crowd)
            {
                using var late = await Connect(2);
                (await Line(late)).ShouldStartWith("* BYE [UNAVAILABLE] Too many connections");
            }
        }
        finally
        {
            foreach (var socket in open) socket.Dispose();
        }

        // They are gone, and their places are free.
        await Wait.Until(async () =>
        {
            using var next = await Connect(2);
            return (await Line(next)).StartsWith("* OK ", StringComparison.Ordinal);
        }, "there is room again");
    }

    async Task<Socket> Hello(int number)
    {
        var socket = await Connect(2 + (number / FromOneAddress));
        (await Line(socket)).ShouldStartWith("* OK ");
        await socket.SendAsync("a NOOP\r\n"u8.ToArray());
        (await Line(socket)).ShouldBe("a OK NOOP completed");
        return socket;
    }

    /// <summary>Connects from one of the many addresses of loopback.</summary>
    async Task<Socket> Connect(int host)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.0.{host}")), 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _workplace.Imap));
        return socket;
    }

    static async Task<string> Line(Socket socket)
    {
        var (line, octet) = (new StringBuilder(), new byte[1]);
        while (await Wait.For(socket.ReceiveAsync(octet)) > 0 && octet[0] != '\n') line.Append((char)octet[0]);
        return line.ToString().TrimEnd('\r');
    }

    /// <summary>What the process holds of the machine's memory.</summary>
    long Memory()
    {
        _workplace.Process.Refresh();
        return _workplace.Process.WorkingSet64;
    }

    /// <summary>How many sockets the system lets a process open.</summary>
    static int MayOpen()
    {
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return int.TryParse(limit, CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue;
    }
}
