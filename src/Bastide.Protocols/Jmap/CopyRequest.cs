using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>The arguments of a <c>/copy</c> (RFC 8620 §5.4).</summary>
/// <param name="From">The account to copy from, which the caller reaches.</param>
/// <param name="IfFromInState">The state it must be in, or null.</param>
/// <param name="IfInState">The state the other must be in, or null.</param>
/// <param name="Create">What to copy, by creation id; each has an <c>id</c>.</param>
/// <param name="OnSuccessDestroyOriginal">Whether to destroy what was copied.</param>
/// <param name="DestroyFromIfInState">The state the first must be in for that, or null.</param>
public sealed record CopyRequest(
    AccountId From, Sequence? IfFromInState, Sequence? IfInState, IReadOnlyDictionary<string, JsonObject> Create, bool OnSuccessDestroyOriginal, string? DestroyFromIfInState)
{
    /// <summary>Reads them. Throws <c>fromAccountNotFound</c>, and <c>invalidArguments</c> when both accounts are the same.</summary>
    public static async ValueTask<CopyRequest> Parse(JmapCall call)
    {
        call.CheckWritable();
        if (!AccountId.TryParse(call.Arguments.Text("fromAccountId"), null, out var from) || await call.RightsOn(from) is null)
            throw new JmapException("fromAccountNotFound", "There is no such account to copy from.");
        if (from == call.Account) throw JmapException.InvalidArguments("fromAccountId and accountId are different accounts.");
        var create = new Dictionary<string, JsonObject>();
        foreach (var (creationId, value) in call.Arguments.ObjectOrNull("create") ?? throw JmapException.InvalidArguments("create is missing: it is an object."))
        {
            var item = value as JsonObject ?? throw JmapException.InvalidArguments("Every value of create is an object.");
            var id = item.Text("id");
            if (call.Created.Resolve(id) is { } resolved && resolved != id)
            {
                item = (JsonObject)item.DeepClone();
                item["id"] = resolved;
            }

            create[creationId] = item;
        }

        if (create.Count > call.Limits.MaxObjectsInSet)
            throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInSet} records can be copied at once: send fewer.");
        return new CopyRequest(from, SetRequest.State(call.Arguments, "ifFromInState"), SetRequest.State(call.Arguments, "ifInState"), create,
            call.Arguments.Flag("onSuccessDestroyOriginal"), call.Arguments.TextOrNull("destroyFromIfInState"));
    }

    /// <summary>
    /// The answer, by creation id; where it was asked for, the originals of what came are destroyed by a call of
    /// <paramref name="set"/>, whose response follows.
    /// </summary>
    public async ValueTask<JsonObject> Answer(JmapCall call, string set, Sequence oldState, Sequence newState, JsonObject created, JsonObject notCreated)
    {
        var answer = new JsonObject
        {
            ["fromAccountId"] = From.ToString(),
            ["accountId"] = call.Account.ToString(),
            ["oldState"] = oldState.ToString(),
            ["newState"] = newState.ToString(),
            ["created"] = created.Count == 0 ? null : created,
            ["notCreated"] = notCreated.Count == 0 ? null : notCreated,
        };
        if (OnSuccessDestroyOriginal && created.Count > 0)
            await call.Invoke(set, new JsonObject
            {
                ["accountId"] = From.ToString(),
                ["ifInState"] = DestroyFromIfInState,
                ["destroy"] = JsonValues.Texts([.. created.Select(each => Create[each.Key].Text("id")).Distinct()]),
            });
        return answer;
    }
}
