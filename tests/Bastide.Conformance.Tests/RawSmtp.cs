using System.Net.Sockets;
using System.Text;

namespace Bastide.Conformance;

/// <summary>A connection to the SMTP port that sends whatever a test says, octet for octet.</summary>
sealed class RawSmtp : IAsyncDisposable
{
    readonly TcpClient _tcp;
    readonly StreamReader _reader;

    RawSmtp(TcpClient tcp)
    {
        _tcp = tcp;
        Stream = tcp.GetStream();
        _reader = new StreamReader(Stream, Encoding.UTF8);
    }

    public NetworkStream Stream { get; }

    /// <summary>Connects, greets, and names a sender and alice.</summary>
    public static async Task<RawSmtp> ToAlice(int port, CancellationToken cancellation)
    {
        var smtp = await Connect(port, cancellation);
        (await smtp.Say("MAIL FROM:<outside@elsewhere.example>", cancellation)).ShouldStartWith("250");
        (await smtp.Say("RCPT TO:<alice@demo.localhost>", cancellation)).ShouldStartWith("250");
        return smtp;
    }

    public static async Task<RawSmtp> Connect(int port, CancellationToken cancellation)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port, cancellation);
        var smtp = new RawSmtp(tcp);
        (await smtp.Hear(cancellation)).ShouldStartWith("220");
        (await smtp.Say("EHLO client.example", cancellation)).ShouldStartWith("250");
        return smtp;
    }

    /// <summary>Sends a line and answers the reply.</summary>
    public async Task<string> Say(string line, CancellationToken cancellation)
    {
        await Stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellation);
        return await Hear(cancellation);
    }

    /// <summary>Sends a message after DATA, and answers what is said of it.</summary>
    public async Task<string> Data(string message, CancellationToken cancellation)
    {
        (await Say("DATA", cancellation)).ShouldStartWith("354");
        await Stream.WriteAsync(Encoding.UTF8.GetBytes(message), cancellation);
        return await Say("\r\n.", cancellation);
    }

    /// <summary>One reply, whole; empty when the server hung up.</summary>
    public async Task<string> Hear(CancellationToken cancellation)
    {
        var reply = new StringBuilder();
        while (await _reader.ReadLineAsync(cancellation) is { } line)
        {
            reply.AppendLine(line);
            if (line.Length < 4 || line[3] != '-') break;
        }

        return reply.ToString();
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
