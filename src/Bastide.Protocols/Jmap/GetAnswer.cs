using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>The response of a <c>/get</c> (RFC 8620 §5.1).</summary>
public static class GetAnswer
{
    /// <summary>Puts it together; <paramref name="notFound"/> are the ids asked for that gave no record.</summary>
    public static JsonObject Make(JmapCall call, string state, IEnumerable<JsonObject> list, IEnumerable<string> notFound) => new()
    {
        ["accountId"] = call.Account.ToString(),
        ["state"] = state,
        ["list"] = new JsonArray([.. list]),
        ["notFound"] = new JsonArray([.. notFound.Select(id => (JsonNode)id)]),
    };
}
