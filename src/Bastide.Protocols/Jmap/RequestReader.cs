using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bastide.Protocols.Jmap;

/// <summary>Reads a request object (RFC 8620 §3.3), strictly I-JSON (RFC 7493).</summary>
static class RequestReader
{
    /// <summary>The body, read no further than the limit; a <see cref="RequestError"/> when it is longer.</summary>
    public static async Task<(byte[]? Body, RequestError? Error)> ReadBody(PipeReader reader, long? announced, int limit, CancellationToken cancellation)
    {
        if (announced > limit) return (null, TooLarge(limit));
        while (true)
        {
            var result = await reader.ReadAsync(cancellation);
            if (result.Buffer.Length > limit)
            {
                // Consumed, so that the memory is free while the rest is thrown away.
                reader.AdvanceTo(result.Buffer.End);
                return (null, TooLarge(limit));
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return (body, null);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The error for a request of more octets.</summary>
    public static RequestError TooLarge(int limit) =>
        RequestError.Limit("maxSizeRequest", $"A request has at most {limit} octets: split it.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>Whether a body of this media type may be a request: <c>application/json</c>, with any parameters (RFC 8620 §3.1).</summary>
    public static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The request, or what is wrong with it.</summary>
    public static (JmapRequest? Request, RequestError? Error) Parse(ReadOnlySpan<byte> body, IReadOnlyDictionary<string, JmapMethodTable.Capability> capabilities, JmapLimits limits) =>
        IJson.TryRead(body, out var root) ? Parse(root, body.IndexOf("\\u0000"u8) >= 0, capabilities, limits) : (null, RequestError.NotJson);

    /// <summary>The same for what is JSON already.</summary>
    public static (JmapRequest? Request, RequestError? Error) Parse(JsonNode? root, bool mayHoldNul, IReadOnlyDictionary<string, JmapMethodTable.Capability> capabilities, JmapLimits limits)
    {
        if (root is not JsonObject request || request["using"] is not JsonArray names || request["methodCalls"] is not JsonArray methodCalls)
            return (null, RequestError.NotRequest("The body is an object with using and methodCalls."));
        var uses = new HashSet<string>();
        foreach (var name in names)
        {
            if (JmapJson.Text(name) is not { } uri) return (null, RequestError.NotRequest("using is a list of strings."));
            if (!capabilities.ContainsKey(uri)) return (null, RequestError.UnknownCapability(uri));
            uses.Add(uri);
        }

        if (methodCalls.Count > limits.MaxCallsInRequest)
            return (null, RequestError.Limit("maxCallsInRequest", $"A request has at most {limits.MaxCallsInRequest} method calls: split it."));
        var calls = new List<Invocation>();
        foreach (var call in methodCalls)
        {
            if (call is not JsonArray { Count: 3 } triple || JmapJson.Text(triple[0]) is not { } name || triple[1] is not JsonObject arguments || JmapJson.Text(triple[2]) is not { } id)
                return (null, RequestError.NotRequest("A method call is a list of its name, its arguments and its id."));
            calls.Add(new Invocation(name, arguments, id));
        }

        if (request["createdIds"] is not { } given) return (new JmapRequest(uses, calls, null, mayHoldNul), null);
        if (given is not JsonObject ids || ids.Any(entry => JmapJson.Text(entry.Value) is null)) return (null, RequestError.NotRequest("createdIds is an object of ids."));
        return (new JmapRequest(uses, calls, ids.ToDictionary(entry => entry.Key, entry => JmapJson.Text(entry.Value)!), mayHoldNul), null);
    }
}
