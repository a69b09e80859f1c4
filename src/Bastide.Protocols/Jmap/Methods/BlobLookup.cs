using System.Text.Json.Nodes;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Blob/lookup</c>: which items refer to blobs, among the types that modules let be looked up. RFC 9404 §4.3.</summary>
sealed class BlobLookup(JmapMethodTable table)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var names = call.Arguments.TextsOrNull("typeNames") ?? throw JmapException.InvalidArguments("typeNames is missing: it is a list of type names.");
        var ids = call.Arguments.TextsOrNull("ids") ?? throw JmapException.InvalidArguments("ids is missing: it is a list of blob ids.");
        if (ids.Count > call.Limits.MaxObjectsInGet) throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInGet} blobs can be looked up at once.");
        var blobs = new Dictionary<string, BlobId>();
        foreach (var id in ids)
            if (BlobId.TryParse(call.Created.Resolve(id), null, out var blob))
                blobs[id] = blob;
        var matches = blobs.Keys.ToDictionary(id => id, _ => new JsonObject());
        foreach (var name in names.Distinct())
        {
            var found = await Lookup(call, name)(call, [.. blobs.Values.Distinct()]);
            foreach (var (id, blob) in blobs)
                matches[id][name] = new JsonArray([.. (found.GetValueOrDefault(blob) ?? []).Select(item => (JsonNode)item)]);
        }

        // A blob that is not there, or not for the caller, is answered as one that nothing refers to: whether it is there is not told.
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["list"] = new JsonArray([.. blobs.Keys.Select(id => new JsonObject { ["id"] = id, ["matchedIds"] = matches[id] })]),
            ["notFound"] = new JsonArray([.. ids.Distinct().Where(id => !blobs.ContainsKey(id)).Select(id => (JsonNode)id)]),
        };
    }

    Jmap.BlobLookup Lookup(JmapCall call, string name) =>
        table.BlobLookups.TryGetValue(new DataType(name), out var lookup) && call.Uses(table.Types[new DataType(name)])
            ? lookup
            : throw new JmapException("unknownDataType", $"The type {name} cannot be looked up in this request: see supportedTypeNames, and use its capability.");
}
