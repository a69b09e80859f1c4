using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>The response of a <c>/query</c> (RFC 8620 §5.5).</summary>
public static class QueryAnswer
{
    /// <summary>Puts it together.</summary>
    public static JsonObject Make(JmapCall call, QueryRequest request, string queryState, bool canCalculateChanges, long position, IEnumerable<string> ids, long? total)
    {
        var json = new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["queryState"] = queryState,
            ["canCalculateChanges"] = canCalculateChanges,
            ["position"] = position,
            ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        };
        if (request.CalculateTotal && total is not null) json["total"] = total;
        if (request.IsLimited) json["limit"] = request.Limit;
        return json;
    }
}
