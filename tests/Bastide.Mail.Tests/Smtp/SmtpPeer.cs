using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>The other side of a connection: says octets as they are given, reads lines.</summary>
sealed class SmtpPeer : IAsyncDisposable
{
    readonly TcpClient _tcp;
    readonly byte[] _buffer = new byte[64 * 1024];
    Stream _stream;
    int _start;
    int _end;

    SmtpPeer(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    public static async Task<SmtpPeer> Connect(IPEndPoint endpoint)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(endpoint);
        return new SmtpPeer(tcp);
    }

    /// <summary>Connects and reads the greeting.</summary>
    public static async Task<SmtpPeer> Greeted(IPEndPoint endpoint)
    {
        var peer = await Connect(endpoint);
        (await peer.ReadLine()).ShouldStartWith("220 ");
        return peer;
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public Task Send(byte[] octets) => Wait.For(_stream.WriteAsync(octets).AsTask());

    /// <summary>Sends a command and reads the whole reply.</summary>
    public async Task<string> Say(string line)
    {
        await Send(line + "\r\n");
        return await ReadReply();
    }

    /// <summary>Greets, and sends one message; answers the last reply.</summary>
    public async Task<string> Deliver(string from, string to, string message)
    {
        (await Say("EHLO client.example")).ShouldStartWith("250");
        (await Say($"MAIL FROM:<{from}>")).ShouldStartWith("250");
        (await Say($"RCPT TO:<{to}>")).ShouldStartWith("250");
        (await Say("DATA")).ShouldStartWith("354");
        return await Say(message.ReplaceLineEndings("\r\n").TrimEnd() + "\r\n.");
    }

    public async Task<string> ReadReply()
    {
        while (true)
        {
            var line = await ReadLine() ?? throw new IOException("The server hung up instead of answering.");
            if (line.Length < 4 || line[3] != '-') return line;
        }
    }

    /// <summary>The next line, or null when the server hung up.</summary>
    public async Task<string?> ReadLine()
    {
        while (true)
        {
            var at = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            if (at >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, at - _start).TrimEnd('\r');
                _start = at + 1;
                return line;
            }

            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
            var read = await Receive();
            if (read == 0) return null;
            _end += read;
        }
    }

    public async Task StartTls()
    {
        var tls = new SslStream(_stream, false, (_, certificate, _, _) => certificate is not null);
        await Wait.For(tls.AuthenticateAsClientAsync("localhost"));
        _stream = tls;
    }

    /// <summary>Compresses both directions from here on.</summary>
    public void StartDeflate() => _stream = new DeflateDuplex(_stream);

    /// <summary>Says that nothing more is coming, as a peer that goes away does.</summary>
    public void HangUp() => _tcp.Client.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    async Task<int> Receive()
    {
        try
        {
            return await Wait.For(_stream.ReadAsync(_buffer.AsMemory(_end)).AsTask());
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
