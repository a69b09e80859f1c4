using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>One request exactly as it is written, on a connection of its own, and what is answered.</summary>
public sealed record RawHttp(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    /// <summary>Sends a request line, headers and a body; <c>Host</c>, <c>Connection</c> and <c>Content-Length</c> are added where they are missing.</summary>
    public static Task<RawHttp> Send(Uri server, string requestLine, IReadOnlyList<string> headers, ReadOnlyMemory<byte>? body = null) =>
        Send(server, requestLine, body is null || headers.Any(header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) ? headers : [.. headers, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Value.Length}")], body is null ? [] : [body.Value]);

    /// <summary>The same with a body in pieces, sent as they are until the server takes no more.</summary>
    public static async Task<RawHttp> Send(Uri server, string requestLine, IReadOnlyList<string> headers, IEnumerable<ReadOnlyMemory<byte>> body)
    {
        var head = new StringBuilder(requestLine).Append(" HTTP/1.1\r\n");
        foreach (var header in headers) head.Append(header).Append("\r\n");
        if (!headers.Any(header => header.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))) head.Append("Host: ").Append(server.Authority).Append("\r\n");
        head.Append("Connection: close\r\n");
        head.Append("\r\n");
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        var answer = Read(stream);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()));
        try
        {
            foreach (var piece in body) await stream.WriteAsync(piece);
        }
        catch (IOException)
        {
            // The server answered before it had read everything, and closed.
        }

        return await answer;
    }

    static async Task<RawHttp> Read(NetworkStream stream)
    {
        var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all);
        }
        catch (IOException) when (all.Length > 0)
        {
            // What was answered before the connection was cut is the answer.
        }

        var octets = all.ToArray();
        var end = octets.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0) throw new IOException("The server answered nothing.");
        var lines = Encoding.UTF8.GetString(octets, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(parts => (parts[0], parts[1].Trim())).ToList();
        var body = octets[(end + 4)..];
        var isChunked = headers.Exists(header => header.Item1.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));
        return new RawHttp(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, isChunked ? Joined(body) : body);
    }

    static byte[] Joined(byte[] chunks)
    {
        var joined = new MemoryStream();
        var rest = chunks.AsSpan();
        while (rest.IndexOf("\r\n"u8) is var end and >= 0)
        {
            var length = int.Parse(Encoding.ASCII.GetString(rest[..end]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0) return joined.ToArray();
            joined.Write(rest.Slice(end + 2, length));
            rest = rest[(end + 2 + length + 2)..];
        }

        throw new IOException("The answer was cut off.");
    }
}
