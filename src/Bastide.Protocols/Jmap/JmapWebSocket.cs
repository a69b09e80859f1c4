using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap;

/// <summary><c>GET /jmap/ws</c>: requests, responses and push over one WebSocket. RFC 8887.</summary>
sealed class JmapWebSocket(JmapApi api, StateWatch watch, ISignIn signIn, JmapLimits limits, Limiter limiter, ILogger<JmapWebSocket> logger)
{
    /// <summary>The capability and what the session says of it.</summary>
    public const string Capability = "urn:ietf:params:jmap:websocket";

    const string Protocol = "jmap";
    readonly JmapApi _api = api;
    readonly StateWatch _watch = watch;
    readonly JmapLimits _limits = limits;
    readonly ILogger _logger = logger;
    static readonly ConcurrencyLimit Connections = new("jmap-websockets", 32);

    public async Task Handle(HttpContext context)
    {
        var caller = context.RequiredCaller();
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("This address speaks WebSocket with the subprotocol jmap (RFC 8887).", context.RequestAborted);
            return;
        }

        using var place = limiter.TryEnter(Connections, caller.Person.ToString());
        if (place is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = Protocol, KeepAliveInterval = TimeSpan.FromSeconds(60) });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, signIn.Revoked(caller.Session));
        await using var connection = new Connection(this, caller, socket, ended.Token);
        await connection.Run();
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            var revoked = signIn.Revoked(caller.Session).IsCancellationRequested;
            using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await socket.CloseOutputAsync(revoked ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.NormalClosure, revoked ? "The session has ended: sign in again." : null, hurry.Token);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
            {
                _logger.LogDebug(exception, "A WebSocket went away before it was closed");
            }
        }
    }

    /// <summary>One socket. Requests are answered one after the other; push comes in between.</summary>
    sealed class Connection(JmapWebSocket owner, Caller caller, WebSocket socket, CancellationToken ended) : IAsyncDisposable
    {
        readonly SemaphoreSlim _sending = new(1, 1);
        CancellationTokenSource? _push;
        Task _pushing = Task.CompletedTask;

        public async Task Run()
        {
            try
            {
                while (await Receive() is { } message) await Answer(message);
            }
            catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
            {
                owner._logger.LogDebug("A WebSocket ended: {Reason}", exception.Message);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await StopPush();
            _sending.Dispose();
        }

        /// <summary>One whole text message, or null at the end. RFC 8887 §4: binary messages are refused.</summary>
        async Task<byte[]?> Receive()
        {
            using var message = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), ended);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                if (part.MessageType == WebSocketMessageType.Binary)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.InvalidMessageType, "JMAP messages are text.", ended);
                    return null;
                }

                if (message.Length + part.Count > owner._limits.MaxSizeRequest)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, $"A message has at most {owner._limits.MaxSizeRequest} octets.", ended);
                    return null;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage) return message.ToArray();
            }
        }

        async Task Answer(byte[] message)
        {
            JsonObject? envelope = null;
            try
            {
                envelope = JsonNode.Parse(message, documentOptions: new JsonDocumentOptions { MaxDepth = 100 }) as JsonObject;
            }
            catch (JsonException)
            {
                // Told below as notJSON.
            }

            var id = envelope?["id"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
            if (envelope is null)
            {
                await Refuse(RequestError.NotJson, id);
                return;
            }

            switch (envelope["@type"] is JsonValue type && type.TryGetValue(out string? name) ? name : null)
            {
                case "Request":
                    var (response, error) = await owner._api.Answer(caller, message, ended);
                    if (response is null)
                    {
                        await Refuse(error!, id);
                        return;
                    }

                    response["@type"] = "Response";
                    if (id is not null) response["requestId"] = id;
                    await Send(response);
                    return;
                case "WebSocketPushEnable":
                    await StopPush();
                    var types = envelope["dataTypes"] is JsonArray list ? list.Select(t => new DataType(t?.ToString() ?? "")).ToHashSet() : null;
                    _push = CancellationTokenSource.CreateLinkedTokenSource(ended);
                    _pushing = Push(types, envelope["pushState"] is JsonValue state && state.TryGetValue(out string? position) ? position : "", _push.Token);
                    return;
                case "WebSocketPushDisable":
                    await StopPush();
                    return;
                default:
                    await Refuse(RequestError.NotRequest("@type is Request, WebSocketPushEnable or WebSocketPushDisable."), id);
                    return;
            }
        }

        async Task Push(HashSet<DataType>? types, string position, CancellationToken stop)
        {
            try
            {
                await using var reader = await owner._watch.Begin(caller, types, position, stop);
                while (true)
                {
                    var change = await reader.Next(stop);
                    var json = change.ToJson();
                    json["pushState"] = change.Position;
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
            await _sending.WaitAsync(ended);
            try
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(json.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, ended);
            }
            finally
            {
                _sending.Release();
            }
        }
    }
}
