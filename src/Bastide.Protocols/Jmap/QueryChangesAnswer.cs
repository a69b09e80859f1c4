using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>The response of a <c>/queryChanges</c> (RFC 8620 §5.6).</summary>
public static class QueryChangesAnswer
{
    /// <summary>Puts it together.</summary>
    public static JsonObject Make(JmapCall call, string oldState, string newState, long? total, IEnumerable<string> removed, IEnumerable<(string Id, long Index)> added)
    {
        var json = new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["oldQueryState"] = oldState,
            ["newQueryState"] = newState,
            ["removed"] = new JsonArray([.. removed.Select(id => (JsonNode)id)]),
            ["added"] = new JsonArray([.. added.Select(a => new JsonObject { ["id"] = a.Id, ["index"] = a.Index })]),
        };
        if (total is not null) json["total"] = total;
        return json;
    }
}
