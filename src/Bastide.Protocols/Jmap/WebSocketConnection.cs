using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// One WebSocket. Its requests run side by side, each in one of the person's places until its response is sent, so that
/// who does not read is not answered without end; sending is taken in turns. <paramref name="aborted"/> ends the connection
/// at once; <paramref name="ended"/> (which it is part of) ends what it does, and leaves time to say good-bye.
/// </summary>
sealed class WebSocketConnection(WebSocket socket, Caller caller, JmapApi api, StateWatch watch, JmapLimits limits, ILogger logger, CancellationToken aborted, CancellationToken ended) : IAsyncDisposable
{
    const int MostTypes = 1000;
    static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);
    readonly WebSocketReader _reader = new(socket, caller, api, limits);
    readonly SemaphoreSlim _sending = new(1, 1);
    readonly CancellationTokenSource _stopped = CancellationTokenSource.CreateLinkedTokenSource(ended);
    readonly HashSet<Task> _answering = [];
    CancellationTokenSource? _push;
    Task _pushing = Task.CompletedTask;

    /// <summary>Takes messages until the other side closes, breaks the rules or goes away. Never throws.</summary>
    public async Task Run()
    {
        try
        {
            while (await _reader.Next(aborted) is { } message)
            {
                if (message.IsBinary)
                {
                    // RFC 8887 §4.3.1.
                    await CloseOutput(WebSocketCloseStatus.InvalidMessageType, "JMAP messages are text.", _stopped.Token);
                    return;
                }

                if (_stopped.IsCancellationRequested) message.Place?.Dispose();
                else await Take(message);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The other side is gone, or it is told so by Close.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A WebSocket failed and is closed");
        }
    }

    /// <summary>Says good-bye where that is still possible, waits a little for the same from the other side, and ends.</summary>
    public async Task Close(WebSocketCloseStatus status, string? reason, Task running)
    {
        await _stopped.CancelAsync();
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
        await Task.WhenAll(_answering);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopPush();
        _stopped.Dispose();
        _sending.Dispose();
    }

    async Task Take(WebSocketMessage message)
    {
        var place = message.Place;
        try
        {
            if (message.Refused is not null)
            {
                await Refuse(message.Refused, null);
                return;
            }

            if (!IJson.TryRead(message.Octets.Span, out var json))
            {
                await Refuse(RequestError.NotJson, null);
                return;
            }

            var content = json as JsonObject;
            var id = JmapJson.Text(content?["id"]);
            if (content is null || (content["id"] is not null && id is null))
            {
                await Refuse(RequestError.NotRequest("A message is an object, and its id a string."), null);
                return;
            }

            switch (JmapJson.Text(content["@type"]))
            {
                case "Request":
                    await Begin(content, message.Octets.Span.IndexOf("\\u0000"u8) >= 0, id, place);
                    place = null;
                    return;
                case "WebSocketPushEnable":
                    await EnablePush(content, id);
                    return;
                case "WebSocketPushDisable":
                    await StopPush();
                    return;
                default:
                    await Refuse(RequestError.NotRequest("@type is Request, WebSocketPushEnable or WebSocketPushDisable."), id);
                    return;
            }
        }
        finally
        {
            place?.Dispose();
        }
    }

    /// <summary>Lets a request run while further messages are taken. The place is given back when it is answered.</summary>
    async Task Begin(JsonObject message, bool mayHoldNul, string? id, IDisposable? place)
    {
        RequestError? refused = null;
        place ??= api.Enter(caller, out refused);
        if (place is null)
        {
            await Refuse(refused!, id);
            return;
        }

        _answering.RemoveWhere(task => task.IsCompleted);
        _answering.Add(Answer(message, mayHoldNul, id, place));
    }

    /// <summary>RFC 8887 §4.3.2 to §4.3.4. Never throws.</summary>
    async Task Answer(JsonObject message, bool mayHoldNul, string? id, IDisposable place)
    {
        using var _ = place;
        try
        {
            var (request, refused) = api.Parse(message, mayHoldNul);
            if (request is null)
            {
                await Refuse(refused!, id);
                return;
            }

            var response = await api.Answer(caller, request, _stopped.Token);
            response["@type"] = "Response";
            if (id is not null) response["requestId"] = id;
            await Send(response);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The socket ends: nobody waits for the answer.
        }
        catch (Exception exception)
        {
            await Fail(exception, id);
        }
    }

    async Task Fail(Exception exception, string? id)
    {
        var number = Guid.NewGuid().ToString("N")[..12];
        logger.LogError(exception, "A request of a WebSocket failed ({Number})", number);
        try
        {
            await Refuse(RequestError.Failed(number), id);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // Nobody is there to be told.
        }
    }

    async Task EnablePush(JsonObject message, string? id)
    {
        if (!TryTypes(message["dataTypes"], out var types))
        {
            await Refuse(RequestError.NotRequest($"dataTypes is a list of at most {MostTypes} type names, or null for all."), id);
            return;
        }

        await StopPush();
        _push = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        _pushing = Push(types, StatePosition.Parse(JmapJson.Text(message["pushState"])), _push.Token);
    }

    /// <summary>RFC 8887 §4.3.5. Never throws; where it cannot go on, the socket closes, so that the client comes back with its state.</summary>
    async Task Push(HashSet<DataType>? types, StatePosition? position, CancellationToken stop)
    {
        try
        {
            using var reader = await watch.Begin(caller, types, position, stop);
            while (true)
            {
                var change = await reader.Next(stop);
                List<JsonObject> messages = [.. change.Objects, .. change.Changed.Count > 0 ? [change.ToJson()] : Array.Empty<JsonObject>()];
                // With the last, so that a client who lost some on the way is told all of them again.
                messages[^1]["pushState"] = reader.Position.ToString();
                foreach (var message in messages) await Send(message, stop);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // Disabled, or the socket ended.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Push over a WebSocket failed; it is closed");
            await EndAfterFailure();
        }
    }

    async Task EndAfterFailure()
    {
        try
        {
            await CloseOutput(WebSocketCloseStatus.InternalServerError, "Push failed: connect again.", _stopped.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // It ended by itself.
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

    Task Send(JsonObject json) => Send(json, _stopped.Token);

    async Task Send(JsonObject json, CancellationToken unwanted)
    {
        var octets = JmapJson.ToOctets(json);
        await _sending.WaitAsync(unwanted);
        try
        {
            // A message that has begun is sent to its end, or the other side could make nothing of what follows.
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
        if (node is not JsonArray { Count: <= MostTypes } list) return false;
        types = [];
        foreach (var item in list)
        {
            if (JmapJson.Text(item) is not { } name) return false;
            types.Add(new DataType(name));
        }

        return true;
    }
}
