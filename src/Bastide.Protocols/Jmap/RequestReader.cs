using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Bastide.Protocols.Jmap;

/// <summary>Reads a request object (RFC 8620 §3.3), strictly I-JSON (RFC 7493): no duplicate names, valid UTF-8, bounded depth.</summary>
static class RequestReader
{
    const int Deepest = 100;
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    /// <summary>The body, read no further than the limit; a <see cref="RequestError"/> when it is longer.</summary>
    public static async Task<(byte[]? Body, RequestError? Error)> ReadBody(PipeReader reader, long? announced, int limit, CancellationToken cancellation)
    {
        var tooLarge = RequestError.Limit("maxSizeRequest", $"A request has at most {limit} octets: split it.", StatusTooLarge);
        if (announced > limit) return (null, tooLarge);
        while (true)
        {
            var result = await reader.ReadAsync(cancellation);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                return (null, tooLarge);
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

    /// <summary>The request, or what is wrong with it.</summary>
    public static (JmapRequest? Request, RequestError? Error) Parse(ReadOnlySpan<byte> body, IReadOnlyDictionary<string, JmapMethodTable.Capability> capabilities, JmapLimits limits)
    {
        JsonNode? root;
        try
        {
            if (!Utf8.IsValid(body)) return (null, RequestError.NotJson);
            root = JsonNode.Parse(body, documentOptions: Strict);
        }
        catch (JsonException)
        {
            return (null, RequestError.NotJson);
        }

        if (root is not JsonObject request || request["using"] is not JsonArray names || request["methodCalls"] is not JsonArray methodCalls)
            return (null, RequestError.NotRequest("The body is an object with using and methodCalls."));
        var uses = new HashSet<string>();
        foreach (var name in names)
        {
            if (name is not JsonValue value || !value.TryGetValue(out string? uri)) return (null, RequestError.NotRequest("using is a list of strings."));
            if (!capabilities.ContainsKey(uri)) return (null, RequestError.UnknownCapability(uri));
            uses.Add(uri);
        }

        if (methodCalls.Count > limits.MaxCallsInRequest)
            return (null, RequestError.Limit("maxCallsInRequest", $"A request has at most {limits.MaxCallsInRequest} method calls: split it."));
        var calls = new List<Invocation>();
        foreach (var call in methodCalls)
        {
            if (call is not JsonArray { Count: 3 } triple || Text(triple[0]) is not { } name || triple[1] is not JsonObject arguments || Text(triple[2]) is not { } id)
                return (null, RequestError.NotRequest("A method call is a list of its name, its arguments and its id."));
            calls.Add(new Invocation(name, arguments, id));
        }

        Dictionary<string, string>? created = null;
        if (request["createdIds"] is { } given)
        {
            if (given is not JsonObject ids) return (null, RequestError.NotRequest("createdIds is an object of ids."));
            created = [];
            foreach (var (creationId, id) in ids) created[creationId] = Text(id) ?? "";
        }

        return (new JmapRequest(uses, calls, created), null);
    }

    const int StatusTooLarge = 413;

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
