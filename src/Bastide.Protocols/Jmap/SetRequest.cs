using System.Text.Json.Nodes;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>The arguments of a <c>/set</c> (RFC 8620 §5.3). Ids may be <c>#creationId</c> of an earlier call; they come resolved.</summary>
/// <param name="IfInState">The state the account must be in, or null.</param>
/// <param name="Create">New records by creation id, in their order.</param>
/// <param name="Update">Patches by id.</param>
/// <param name="Destroy">Ids to destroy.</param>
/// <param name="Unresolved">Ids of updates and destructions whose creation id became nothing: <c>notFound</c>.</param>
/// <param name="WillDestroy">Ids that were to be updated and destroyed at once: they are destroyed, and the update is <c>willDestroy</c>.</param>
public sealed record SetRequest(
    Sequence? IfInState,
    IReadOnlyList<KeyValuePair<string, JsonObject>> Create,
    IReadOnlyDictionary<string, JsonObject> Update,
    IReadOnlyList<string> Destroy,
    IReadOnlyList<string> Unresolved,
    IReadOnlyList<string> WillDestroy)
{
    /// <summary>Reads them. More records than the limit are <c>requestTooLarge</c>; a state that cannot be is <c>stateMismatch</c>; an account only to be read is <c>accountReadOnly</c>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="hasOwn">Whether records hold something of each person's own, which a reader may change too: then every record is judged by itself.</param>
    public static SetRequest Parse(JmapCall call, bool hasOwn = false)
    {
        if (!hasOwn) call.CheckWritable();
        var create = Objects(call.Arguments, "create");
        var update = Objects(call.Arguments, "update");
        var destroy = call.Arguments.TextsOrNull("destroy") ?? [];
        if (create.Count + update.Count + destroy.Count > call.Limits.MaxObjectsInSet)
            throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInSet} records can be changed at once: send fewer.");
        var unresolved = new List<string>();
        var updates = new Dictionary<string, JsonObject>();
        foreach (var (id, patch) in update)
        {
            if (call.Created.Resolve(id) is { } resolved) updates[resolved] = patch;
            else unresolved.Add(id);
        }

        var destroys = new List<string>();
        foreach (var id in destroy)
        {
            if (call.Created.Resolve(id) is { } resolved) destroys.Add(resolved);
            else unresolved.Add(id);
        }

        var willDestroy = destroys.Where(updates.Remove).ToList();
        return new SetRequest(State(call.Arguments, "ifInState"), create, updates, [.. destroys.Distinct()], unresolved, willDestroy);
    }

    /// <summary>A state given as a condition; one that no server ever gave is <c>stateMismatch</c>.</summary>
    public static Sequence? State(JsonObject arguments, string name)
    {
        if (arguments.TextOrNull(name) is not { } text) return null;
        return Sequence.TryParse(text, null, out var state) ? state : throw StateMismatch();
    }

    /// <summary>The error when the account has moved on.</summary>
    public static JmapException StateMismatch() => new("stateMismatch", "The account has changed since that state: fetch the changes and try again.");

    static List<KeyValuePair<string, JsonObject>> Objects(JsonObject arguments, string name) =>
        [.. (arguments.ObjectOrNull(name) ?? []).Select(p => KeyValuePair.Create(p.Key, p.Value as JsonObject ?? throw JmapException.InvalidArguments($"Every value of {name} is an object.")))];
}
