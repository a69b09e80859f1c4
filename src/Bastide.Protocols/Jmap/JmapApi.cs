using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// <c>POST /jmap/api</c>: one request in, one response out. RFC 8620 §3. Only <c>application/json</c> is taken (§3.6.1),
/// which a browser lets no page of another origin send before the server has agreed.
/// </summary>
sealed class JmapApi(JmapMethodTable table, SessionResource sessions, Database database, JmapLimits limits, Limiter limiter, ILogger<JmapApi> logger)
{
    /// <summary>How many requests of a person run at once, over HTTP and WebSockets together.</summary>
    public ConcurrencyLimit AtOnce { get; } = new("jmap-requests", limits.MaxConcurrentRequests);

    public async Task Handle(HttpContext context)
    {
        var caller = context.RequiredCaller();
        if (!RequestReader.IsJson(context.Request.ContentType))
        {
            await RequestError.NotJsonType.Answer(context);
            return;
        }

        using var place = Enter(caller, out var tooMany);
        if (place is null)
        {
            await tooMany!.Answer(context);
            return;
        }

        var (body, tooLarge) = await RequestReader.ReadBody(context.Request.BodyReader, context.Request.ContentLength, limits.MaxSizeRequest, context.RequestAborted);
        if (body is null)
        {
            await tooLarge!.Answer(context);
            return;
        }

        var (request, refused) = RequestReader.Parse(body, table.Capabilities, limits);
        if (request is null)
        {
            await refused!.Answer(context);
            return;
        }

        var response = await Answer(caller, request, context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        JmapJson.Write(context.Response.BodyWriter, response);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>One of the person's places for requests that run, on whatever wire; null with the error when all are taken.</summary>
    public IDisposable? Enter(Caller caller, out RequestError? tooMany)
    {
        var place = limiter.TryEnter(AtOnce, caller.Person.ToString());
        tooMany = place is null
            ? RequestError.Limit("maxConcurrentRequests", $"At most {limits.MaxConcurrentRequests} requests run at once: wait for one to end.", StatusCodes.Status429TooManyRequests)
            : null;
        return place;
    }

    /// <summary>The request in a message of the WebSocket, or what is wrong with it (RFC 8887 §4.3.1).</summary>
    public (JmapRequest? Request, RequestError? Error) Parse(JsonObject message, bool mayHoldNul) => RequestReader.Parse(message, mayHoldNul, table.Capabilities, limits);

    /// <summary>The response to a request.</summary>
    public async Task<JsonObject> Answer(Caller caller, JmapRequest request, CancellationToken cancellation)
    {
        var run = new RequestRun(table, database, caller, request, limits, logger, cancellation);
        foreach (var (creationId, id) in request.CreatedIds ?? new Dictionary<string, string>()) run.Created.Add(creationId, id);
        var response = new JsonObject
        {
            ["methodResponses"] = await run.Run(),
            ["sessionState"] = await sessions.State(caller, cancellation),
        };
        if (request.CreatedIds is not null)
            response["createdIds"] = new JsonObject(run.Created.All.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)));
        return response;
    }
}
