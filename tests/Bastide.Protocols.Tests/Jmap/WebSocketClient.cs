using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Testing;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Somebody at the other end of a WebSocket.</summary>
public sealed class WebSocketClient(ClientWebSocket socket) : IDisposable
{
    readonly byte[] _buffer = new byte[64 * 1024];

    public ClientWebSocket Socket => socket;

    public Task Send(string text, bool isLast = true) =>
        Wait.For(socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, isLast, CancellationToken.None));

    /// <summary>A request with one call of <c>Core/echo</c>.</summary>
    public Task Echo(string id) =>
        Send($$"""{"@type":"Request","id":"{{id}}","using":["urn:ietf:params:jmap:core"],"methodCalls":[["Core/echo",{"said":"{{id}}"},"0"]]}""");

    /// <summary>The next message, or null when the server closes.</summary>
    public async Task<JsonObject?> Receive()
    {
        using var message = new MemoryStream();
        while (true)
        {
            var part = await Wait.For(socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).AsTask());
            if (part.MessageType == WebSocketMessageType.Close) return null;
            message.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage) return (JsonObject)JsonNode.Parse(message.ToArray())!;
        }
    }

    /// <summary>The next message of a kind (<c>@type</c>); any other on the way is a failure.</summary>
    public async Task<JsonObject> Receive(string type)
    {
        var message = await Receive() ?? throw new EndOfStreamException($"The server closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
        return (string?)message["@type"] == type ? message : throw new InvalidDataException($"Expected {type}: {message.ToJsonString()}");
    }

    /// <summary>Reads until the server closes or cuts; the status of the close frame, null without one.</summary>
    public async Task<WebSocketCloseStatus?> UntilClosed()
    {
        try
        {
            while (await Receive() is not null)
            {
            }

            return socket.CloseStatus;
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public void Dispose() => socket.Dispose();
}
