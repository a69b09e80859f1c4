using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Collects the response of a <c>/set</c> (RFC 8620 §5.3).</summary>
public sealed class SetAnswer
{
    readonly JsonObject _created = [];
    readonly JsonObject _updated = [];
    readonly List<string> _destroyed = [];
    readonly JsonObject _notCreated = [];
    readonly JsonObject _notUpdated = [];
    readonly JsonObject _notDestroyed = [];
    readonly JmapCall _call;

    /// <summary>Begins with what the request itself already refuses.</summary>
    public SetAnswer(JmapCall call, SetRequest request)
    {
        _call = call;
        var updates = call.Arguments.ObjectOrNull("update") ?? [];
        foreach (var id in request.Unresolved)
        {
            // Those of updates come first; an id that stands there a second time was to be destroyed too.
            if (updates.ContainsKey(id) && !_notUpdated.ContainsKey(id)) NotUpdated(id, SetError.NotFound);
            else NotDestroyed(id, SetError.NotFound);
        }

        foreach (var id in request.WillDestroy) NotUpdated(id, new SetError("willDestroy", "The same call destroys it."));
    }

    /// <summary>Whether anything was refused so far.</summary>
    public bool HasRefused => _notCreated.Count + _notUpdated.Count + _notDestroyed.Count > 0;

    /// <summary>A record came: its id is known to later calls; the answer holds what the server set.</summary>
    public void Created(string creationId, string id, JsonObject serverSet)
    {
        serverSet["id"] = id;
        _created[creationId] = serverSet;
        _call.Created.Add(creationId, id);
    }

    /// <summary>A record changed; <paramref name="serverSet"/> holds what changed beyond the patch, or is null.</summary>
    public void Updated(string id, JsonObject? serverSet = null) => _updated[id] = serverSet;

    /// <summary>A record went.</summary>
    public void Destroyed(string id) => _destroyed.Add(id);

    /// <summary>A record was not made.</summary>
    public void NotCreated(string creationId, SetError error) => _notCreated[creationId] = error.ToJson();

    /// <summary>A record was not changed.</summary>
    public void NotUpdated(string id, SetError error) => _notUpdated[id] = error.ToJson();

    /// <summary>A record was not destroyed.</summary>
    public void NotDestroyed(string id, SetError error) => _notDestroyed[id] = error.ToJson();

    /// <summary>The response's arguments.</summary>
    public JsonObject ToJson(string? oldState, string newState) => new()
    {
        ["accountId"] = _call.Account.ToString(),
        ["oldState"] = oldState,
        ["newState"] = newState,
        ["created"] = OrNull(_created),
        ["updated"] = OrNull(_updated),
        ["destroyed"] = _destroyed.Count == 0 ? null : new JsonArray([.. _destroyed.Select(id => (JsonNode)id)]),
        ["notCreated"] = OrNull(_notCreated),
        ["notUpdated"] = OrNull(_notUpdated),
        ["notDestroyed"] = OrNull(_notDestroyed),
    };

    static JsonObject? OrNull(JsonObject o) => o.Count == 0 ? null : o;
}
