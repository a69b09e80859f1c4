using System.Globalization;
using System.Text.Json;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Changes;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// <c>GET /jmap/eventsource</c>: tells of new states as they come. RFC 8620 §7.3. It reads the states again at each
/// wake-up, so that none is missed, and ends when the session is revoked.
/// </summary>
sealed class EventSource(StateWatch watch, ISignIn signIn, Limiter limiter, TimeProvider time)
{
    static readonly TimeSpan ShortestPing = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestPing = TimeSpan.FromMinutes(5);
    static readonly ConcurrencyLimit Connections = new("jmap-eventsources", 32);

    public async Task Handle(HttpContext context)
    {
        var caller = context.RequiredCaller();
        var query = context.Request.Query;
        var closeAfter = query["closeafter"].ToString();
        if (closeAfter is not ("" or "no" or "state") || !TryPing(query["ping"].ToString(), out var ping))
        {
            await RequestError.NotRequest("closeafter is no or state, ping a number of seconds (RFC 8620 §7.3).").Answer(context);
            return;
        }

        using var place = limiter.TryEnter(Connections, caller.Person.ToString());
        if (place is null)
        {
            await new RequestError("limit", $"At most {Connections.Most} event sources are open at once: close one.", Connections.Name, StatusCodes.Status429TooManyRequests).Answer(context);
            return;
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, signIn.Revoked(caller.Session));
        try
        {
            await Follow(context, Types(query["types"].ToString()), closeAfter == "state", ping, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client left or its session was revoked.
        }
    }

    async Task Follow(HttpContext context, HashSet<DataType>? types, bool closesAfterState, TimeSpan? ping, CancellationToken ended)
    {
        var position = StatePosition.Parse(context.Request.Headers["Last-Event-ID"].ToString());
        using var reader = await watch.Begin(context.RequiredCaller(), types, position, ended);
        // Said once the reader stands: what changes after it is told.
        await Send(context, ": welcome\n\n", ended);
        while (true)
        {
            using var silence = new CancellationTokenSource(ping ?? LongestPing, time);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ended, silence.Token);
            StateChange change;
            try
            {
                change = await reader.Next(patience.Token);
            }
            catch (OperationCanceledException) when (!ended.IsCancellationRequested)
            {
                reader.LookAgain();
                // Without pings a comment tells whether anybody is still there.
                await Send(context, ping is null ? ":\n\n" : string.Create(CultureInfo.InvariantCulture, $"event: ping\ndata: {{\"interval\":{(int)ping.Value.TotalSeconds}}}\n\n"), ended);
                continue;
            }

            await Send(context, Events(change, reader.Position), ended);
            if (closesAfterState && change.Changed.Count > 0) return;
        }
    }

    /// <summary>The last of them has the id, so that a client who lost some on the way is told all of them again.</summary>
    static string Events(StateChange change, StatePosition position)
    {
        var events = change.Objects.Select(pushed => (Name: JsonNamingPolicy.CamelCase.ConvertName(JmapJson.Text(pushed["@type"])!), Data: pushed)).ToList();
        if (change.Changed.Count > 0) events.Add(("state", change.ToJson()));
        return string.Concat(events.Select((one, index) => $"event: {one.Name}\n{(index == events.Count - 1 ? $"id: {position}\n" : "")}data: {one.Data.ToJsonString()}\n\n"));
    }

    static async Task Send(HttpContext context, string text, CancellationToken ended)
    {
        await context.Response.WriteAsync(text, ended);
        await context.Response.Body.FlushAsync(ended);
    }

    static HashSet<DataType>? Types(string list) => list is "" or "*" ? null : list.Split(',').Select(t => new DataType(t.Trim())).ToHashSet();

    /// <summary>The interval, within the server's bounds; null when none are wanted.</summary>
    static bool TryPing(string text, out TimeSpan? ping)
    {
        ping = null;
        if (text.Length == 0) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (seconds > 0) ping = TimeSpan.FromSeconds(Math.Clamp(seconds, ShortestPing.TotalSeconds, LongestPing.TotalSeconds));
        return true;
    }
}
