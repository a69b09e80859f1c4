using System.Buffers;
using System.Net.WebSockets;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Reads whole messages of a WebSocket. A message that grows beyond a few kilobytes takes one of the person's places for
/// requests while it comes, so that many sockets cannot fill the memory with halves of messages; one that is refused is
/// read to its end and kept no longer.
/// </summary>
sealed class WebSocketReader(WebSocket socket, Caller caller, JmapApi api, JmapLimits limits)
{
    const int Small = 16 * 1024;

    /// <summary>The next message; null when the other side closes.</summary>
    public async Task<WebSocketMessage?> Next(CancellationToken aborted)
    {
        var octets = new ArrayBufferWriter<byte>(Small);
        IDisposable? place = null;
        RequestError? refused = null;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(octets.GetMemory(Small), aborted);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                if (part.MessageType == WebSocketMessageType.Binary) return new WebSocketMessage(default, IsBinary: true, null, null);
                if (refused is null && octets.WrittenCount + part.Count > limits.MaxSizeRequest) refused = RequestReader.TooLarge(limits.MaxSizeRequest);
                if (refused is null) octets.Advance(part.Count);
                if (refused is null && place is null && octets.WrittenCount > Small) place = api.Enter(caller, out refused);
                if (refused is not null && octets.WrittenCount > 0)
                {
                    octets = new ArrayBufferWriter<byte>(Small);
                    place?.Dispose();
                    place = null;
                }

                if (!part.EndOfMessage) continue;
                var message = new WebSocketMessage(octets.WrittenMemory, IsBinary: false, place, refused);
                place = null;
                return message;
            }
        }
        finally
        {
            place?.Dispose();
        }
    }
}
