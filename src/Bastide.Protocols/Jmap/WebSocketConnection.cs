using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// One WebSocket. Its requests are answered one after the other; push comes in between, so sending is taken in turns.
/// <paramref name="aborted"/> ends the connection at once; <paramref name="ended"/> (which it is part of) ends what it does,
/// and leaves time to say good-bye.
/// </summary>
sealed class WebSocketConnection(WebSocket socket, Caller caller, JmapApi api, StateWatch watch, JmapLimits limits, CancellationToken aborted, CancellationToken ended) : IAsyncDisposable
{
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    readonly SemaphoreSlim _sending = new(1, 1);
    CancellationTokenSource? _push;
    Task _pushing = Task.CompletedTask;

    /// <summary>Answers messages until the other side closes, breaks the rules or goes away. Never throws.</summary>
    public async Task Run()
    {
        try
        {
            while (await Receive() is { } message && !ended.IsCancellationRequested) await Answer(message);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The other side is gone, or it is told so by Close.
        }
    }

    /// <summary>Says good-bye where that is still possible, waits a little for the same from the other side, and ends.</summary>
    public async Task Close(WebSocketCloseStatus status, string? reason, Task running)
    {
        using var hurry = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        hurry.CancelAfter(Farewell);
        try
        {
            await CloseOutput(status, reason, hurry.Token);
            await running.WaitAsync(hurry.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }

        await running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopPush();
        _sending.Dispose();
    }

    /// <summary>One whole text message, or null at the end. RFC 8887 §4.2: binary messages are refused.</summary>
    async Task<ReadOnlyMemory<byte>?> Receive()
    {
        var message = new ArrayBufferWriter<byte>(16 * 1024);
        while (true)
        {
            var part = await socket.ReceiveAsync(message.GetMemory(16 * 1024), aborted);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            if (part.MessageType == WebSocketMessageType.Binary)
            {
                await CloseOutput(WebSocketCloseStatus.InvalidMessageType, "JMAP messages are text.", ended);
                return null;
            }

            if (message.WrittenCount + part.Count > limits.MaxSizeRequest)
            {
                await CloseOutput(WebSocketCloseStatus.MessageTooBig, $"A message has at most {limits.MaxSizeRequest} octets.", ended);
                return null;
            }

            message.Advance(part.Count);
            if (part.EndOfMessage) return message.WrittenMemory;
        }
    }

    async Task Answer(ReadOnlyMemory<byte> octets)
    {
        if (!IJson.TryRead(octets.Span, out var json) || json is not JsonObject message)
        {
            await Refuse(json is null ? RequestError.NotJson : RequestError.NotRequest("A message is an object."), null);
            return;
        }

        var id = JmapJson.Text(message["id"]);
        switch (JmapJson.Text(message["@type"]))
        {
            case "Request":
                await AnswerRequest(message, octets.Span.IndexOf("\\u0000"u8) >= 0, id);
                return;
            case "WebSocketPushEnable":
                if (!TryTypes(message["dataTypes"], out var types))
                {
                    await Refuse(RequestError.NotRequest("dataTypes is a list of type names, or null for all."), id);
                    return;
                }

                await StopPush();
                _push = CancellationTokenSource.CreateLinkedTokenSource(ended);
                _pushing = Push(types, StatePosition.Parse(JmapJson.Text(message["pushState"])), _push.Token);
                return;
            case "WebSocketPushDisable":
                await StopPush();
                return;
            default:
                await Refuse(RequestError.NotRequest("@type is Request, WebSocketPushEnable or WebSocketPushDisable."), id);
                return;
        }
    }

    /// <summary>RFC 8887 §4.3.2 to §4.3.4.</summary>
    async Task AnswerRequest(JsonObject message, bool mayHoldNul, string? id)
    {
        using var place = api.Enter(caller, out var tooMany);
        if (place is null)
        {
            await Refuse(tooMany!, id);
            return;
        }

        var (request, refused) = api.Parse(message, mayHoldNul);
        if (request is null)
        {
            await Refuse(refused!, id);
            return;
        }

        var response = await api.Answer(caller, request, ended);
        response["@type"] = "Response";
        if (id is not null) response["requestId"] = id;
        await Send(response);
    }

    /// <summary>RFC 8887 §4.3.5.</summary>
    async Task Push(HashSet<DataType>? types, StatePosition? position, CancellationToken stop)
    {
        try
        {
            using var reader = await watch.Begin(caller, types, position, stop);
            while (true)
            {
                var json = (await reader.Next(stop)).ToJson();
                json["pushState"] = reader.Position.ToString();
                await Send(json);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // Disabled, or the socket ended.
        }
    }

    async Task StopPush()
    {
        if (_push is null) return;
        await _push.CancelAsync();
        await _pushing;
        _push.Dispose();
        _push = null;
    }

    Task Refuse(RequestError error, string? id)
    {
        var json = error.ToJson();
        json["@type"] = "RequestError";
        json["requestId"] = id;
        return Send(json);
    }

    async Task Send(JsonObject json)
    {
        var octets = JmapJson.ToOctets(json);
        await _sending.WaitAsync(ended);
        try
        {
            await socket.SendAsync(octets, WebSocketMessageType.Text, endOfMessage: true, aborted);
        }
        finally
        {
            _sending.Release();
        }
    }

    async Task CloseOutput(WebSocketCloseStatus status, string? reason, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, reason, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    static bool TryTypes(JsonNode? node, out HashSet<DataType>? types)
    {
        types = null;
        if (node is null) return true;
        if (node is not JsonArray list) return false;
        types = [];
        foreach (var item in list)
        {
            if (JmapJson.Text(item) is not { } name) return false;
            types.Add(new DataType(name));
        }

        return true;
    }
}
