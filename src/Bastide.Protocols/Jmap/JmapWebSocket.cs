using System.Net.WebSockets;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Limits;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap;

/// <summary><c>GET /jmap/ws</c>: requests, responses and push over one WebSocket. RFC 8887.</summary>
sealed class JmapWebSocket(JmapApi api, StateWatch watch, ISignIn signIn, JmapLimits limits, Limiter limiter, BastideSettings settings, ILogger<JmapWebSocket> logger)
{
    /// <summary>The capability and what the session says of it.</summary>
    public const string Capability = "urn:ietf:params:jmap:websocket";

    const string Protocol = "jmap";
    static readonly ConcurrencyLimit Connections = new("jmap-websockets", 32);
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    public async Task Handle(HttpContext context)
    {
        var caller = context.RequiredCaller();
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            await RequestError.NotRequest("This address speaks WebSocket with the subprotocol jmap (RFC 8887).").Answer(context);
            return;
        }

        if (IsForeign(context.Request))
        {
            await new RequestError("", "A page of another origin may not open a WebSocket here.", Status: StatusCodes.Status403Forbidden).Answer(context);
            return;
        }

        using var place = limiter.TryEnter(Connections, caller.Person.ToString());
        if (place is null)
        {
            await new RequestError("limit", $"At most {Connections.Most} WebSockets are open at once: close one.", Connections.Name, StatusCodes.Status429TooManyRequests).Answer(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = Protocol, KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        var revoked = signIn.Revoked(caller.Session);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, revoked);
        await using var connection = new WebSocketConnection(socket, caller, api, watch, limits, logger, context.RequestAborted, ended.Token);
        var running = connection.Run();
        await Task.WhenAny(running, Task.Delay(Timeout.InfiniteTimeSpan, ended.Token));
        if (revoked.IsCancellationRequested) await connection.Close(WebSocketCloseStatus.PolicyViolation, "The session has ended: sign in again.", running);
        else await connection.Close(WebSocketCloseStatus.NormalClosure, null, running);
        await ended.CancelAsync();
    }

    /// <summary>
    /// A browser lets any page open a socket, and sends along the password it was once told; but it says which page asks
    /// (RFC 6455 §10.2).
    /// </summary>
    bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return false;
        return !Uri.TryCreate(origin, UriKind.Absolute, out var page) || (page.Authority != settings.Url.Authority && page.Authority != request.Host.ToString());
    }
}
