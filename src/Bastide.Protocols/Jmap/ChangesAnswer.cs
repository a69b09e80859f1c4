using System.Text.Json.Nodes;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>The response of a <c>/changes</c> (RFC 8620 §5.2).</summary>
public static class ChangesAnswer
{
    /// <summary>From the answer of an item table; null becomes <c>cannotCalculateChanges</c>.</summary>
    public static JsonObject From(JmapCall call, ItemChanges? changes, Func<long, string> id) => changes is null
        ? throw ChangesRequest.CannotCalculate()
        : new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["oldState"] = changes.Old.ToString(),
            ["newState"] = changes.New.ToString(),
            ["hasMoreChanges"] = changes.HasMore,
            ["created"] = Ids(changes.Created, id),
            ["updated"] = Ids(changes.Updated, id),
            ["destroyed"] = Ids(changes.Destroyed, id),
        };

    static JsonArray Ids(IEnumerable<long> ids, Func<long, string> id) => new([.. ids.Select(i => (JsonNode)id(i))]);
}
