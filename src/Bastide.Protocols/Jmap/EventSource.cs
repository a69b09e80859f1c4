using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Changes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// <c>GET /jmap/eventsource</c>: tells of new states as they come. RFC 8620 §7.3. It reads the states again at each
/// wake-up, so that none is missed, and ends when the session is revoked.
/// </summary>
sealed class EventSource(StateWatch watch, ISignIn signIn, TimeProvider time)
{
    static readonly TimeSpan ShortestPing = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestPing = TimeSpan.FromMinutes(5);

    public async Task Handle(HttpContext context)
    {
        var caller = context.RequiredCaller();
        var query = context.Request.Query;
        var types = query["types"].ToString() is { Length: > 0 } list and not "*" ? list.Split(',').Select(t => new DataType(t)).ToHashSet() : null;
        var closeAfterState = query["closeafter"].ToString() == "state";
        var ping = int.TryParse(query["ping"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, ShortestPing.TotalSeconds, LongestPing.TotalSeconds))
            : LongestPing;

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, signIn.Revoked(caller.Session));
        try
        {
            await context.Response.WriteAsync(": welcome\n\n", ended.Token);
            await context.Response.Body.FlushAsync(ended.Token);
            await using var reader = await watch.Begin(caller, types, context.Request.Headers["Last-Event-ID"].ToString(), ended.Token);
            while (true)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
                using var timer = time.CreateTimer(_ => patience.Cancel(), null, ping, Timeout.InfiniteTimeSpan);
                StateChange? change;
                try
                {
                    change = await reader.Next(patience.Token);
                }
                catch (OperationCanceledException) when (!ended.IsCancellationRequested)
                {
                    await context.Response.WriteAsync($"event: ping\ndata: {new JsonObject { ["interval"] = (int)ping.TotalSeconds }.ToJsonString()}\n\n", ended.Token);
                    await context.Response.Body.FlushAsync(ended.Token);
                    continue;
                }

                await context.Response.WriteAsync($"event: state\nid: {change.Position}\ndata: {change.ToJson().ToJsonString()}\n\n", ended.Token);
                await context.Response.Body.FlushAsync(ended.Token);
                if (closeAfterState) return;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client left or its session was revoked.
        }
    }
}
