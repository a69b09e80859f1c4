using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap;

/// <summary><c>POST /jmap/api</c>: one request in, one response out. RFC 8620 §3.</summary>
sealed class JmapApi(JmapMethodTable table, SessionResource sessions, Database database, JmapLimits limits, Limiter limiter, ILogger<JmapApi> logger)
{
    static readonly JsonWriterOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };
    readonly ConcurrencyLimit _atOnce = new("jmap-requests", limits.MaxConcurrentRequests);

    public async Task Handle(HttpContext context)
    {
        var caller = context.RequiredCaller();
        using var place = limiter.TryEnter(_atOnce, caller.Person.ToString());
        if (place is null)
        {
            await Refuse(context, RequestError.Limit("maxConcurrentRequests", $"At most {limits.MaxConcurrentRequests} requests run at once: wait for one to end.", StatusCodes.Status429TooManyRequests));
            return;
        }

        var (body, tooLarge) = await RequestReader.ReadBody(context.Request.BodyReader, context.Request.ContentLength, limits.MaxSizeRequest, context.RequestAborted);
        if (body is null)
        {
            await Refuse(context, tooLarge!);
            return;
        }

        var (response, error) = await Answer(caller, body, context.RequestAborted);
        if (error is not null)
        {
            await Refuse(context, error);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        await Write(context, response!);
    }

    /// <summary>The response to a request, or the request-level error. Shared with the WebSocket (RFC 8887).</summary>
    public async Task<(JsonObject? Response, RequestError? Error)> Answer(Caller caller, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var (request, error) = RequestReader.Parse(body.Span, table.Capabilities, limits);
        if (request is null) return (null, error);
        var run = new RequestRun(table, database, caller, request.Using, limits, logger, cancellation);
        foreach (var (creationId, id) in request.CreatedIds ?? new Dictionary<string, string>()) run.Created.Add(creationId, id);
        var response = new JsonObject
        {
            ["methodResponses"] = await run.Run(request.Calls),
            ["sessionState"] = await sessions.State(caller, cancellation),
        };
        if (request.CreatedIds is not null)
            response["createdIds"] = new JsonObject(run.Created.All.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)));
        return (response, null);
    }

    static async Task Refuse(HttpContext context, RequestError error)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/problem+json";
        await Write(context, error.ToJson());
    }

    static async Task Write(HttpContext context, JsonObject json)
    {
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, Relaxed)) json.WriteTo(writer);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
