using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Bastide.Mail.Tests.Delivery;

/// <summary>Another domain's mail server: takes, defers, refuses or vanishes, as the test says.</summary>
sealed class FakeServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _ended = new();
    readonly Task _accepting;
    int _connections;

    public FakeServer(params string[] extensions)
    {
        Extensions = extensions;
        _listener.Start();
        _accepting = Accept();
    }

    public string[] Extensions { get; set; }

    public string Greeting { get; set; } = "220 mx.example ESMTP";

    public string OnEhlo { get; set; } = "250";

    public Func<string, string> OnMail { get; set; } = _ => "250 2.1.0 OK";

    public Func<string, string> OnRcpt { get; set; } = _ => "250 2.1.5 OK";

    public string OnEnd { get; set; } = "250 2.0.0 Taken";

    /// <summary>Hangs up once the message is there, without an answer.</summary>
    public bool VanishesAtTheEnd { get; set; }

    /// <summary>What STARTTLS is done with; with none, and STARTTLS offered, the handshake breaks.</summary>
    public X509Certificate2? Certificate { get; set; }

    public ConcurrentQueue<Taken> Messages { get; } = [];

    public ConcurrentQueue<string> Commands { get; } = [];

    public int Connections => _connections;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ended.Dispose();
    }

    async Task Accept()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(Serve(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    async Task Serve(TcpClient client)
    {
        using var _ = client;
        try
        {
            await Converse(client.GetStream());
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client left.
        }
    }

    async Task Converse(Stream stream)
    {
        var from = "";
        var recipients = new List<string>();
        await Say(stream, Greeting);
        while (await ReadLine(stream) is { } line)
        {
            Commands.Enqueue(line);
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO" when OnEhlo == "250":
                    string[] lines = ["mx.example", .. stream is SslStream ? Extensions.Where(e => e != "STARTTLS") : Extensions];
                    await Say(stream, string.Join("\r\n", lines.Select((text, i) => (i == lines.Length - 1 ? "250 " : "250-") + text)));
                    break;
                case "EHLO":
                    await Say(stream, OnEhlo);
                    break;
                case "STARTTLS":
                    await Say(stream, "220 2.0.0 Go");
                    if (Certificate is null) return;
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(Certificate);
                    stream = tls;
                    break;
                case "MAIL":
                    from = line;
                    recipients.Clear();
                    await Say(stream, OnMail(line));
                    break;
                case "RCPT":
                    var reply = OnRcpt(line);
                    if (reply[0] == '2') recipients.Add(line["RCPT TO:<".Length..line.IndexOf('>', StringComparison.Ordinal)]);
                    await Say(stream, reply);
                    break;
                case "DATA":
                    await Say(stream, "354 Go");
                    if (!await End(stream, from, recipients, await ReadData(stream))) return;
                    break;
                case "BDAT":
                    if (!await End(stream, from, recipients, await ReadChunk(stream, int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)))) return;
                    break;
                case "QUIT":
                    await Say(stream, "221 2.0.0 Bye");
                    return;
                default:
                    await Say(stream, "250 2.0.0 OK");
                    break;
            }
        }
    }

    async Task<bool> End(Stream stream, string from, List<string> recipients, string data)
    {
        if (VanishesAtTheEnd) return false;
        if (OnEnd[0] == '2') Messages.Enqueue(new Taken(from, [.. recipients], data, stream is SslStream));
        await Say(stream, OnEnd);
        return true;
    }

    async Task<string?> ReadLine(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _ended.Token) == 1)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }

    async Task<string> ReadData(Stream stream)
    {
        var data = new StringBuilder();
        while (await ReadLine(stream) is { } line && line != ".") data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return data.ToString();
    }

    async Task<string> ReadChunk(Stream stream, int length)
    {
        var chunk = new byte[length];
        await stream.ReadExactlyAsync(chunk, _ended.Token);
        return Encoding.UTF8.GetString(chunk);
    }

    async Task Say(Stream stream, string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), _ended.Token);

    internal sealed record Taken(string From, IReadOnlyList<string> Recipients, string Data, bool IsTls);
}
