using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>Principal/get</c>. RFC 9670 §2.1.</summary>
sealed class PrincipalGet(Principals principals, PrincipalJson json)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, PrincipalJson.Names);
        var (all, state, reached) = await principals.All(call.Caller, call.Cancellation);
        if (request.Ids is null && all.Count > call.Limits.MaxObjectsInGet)
            throw new JmapException("requestTooLarge", $"There are more than {call.Limits.MaxObjectsInGet} principals: query for their ids and ask for these.");
        var byId = all.ToDictionary(entry => PrincipalJson.Id(entry.Account));
        var wanted = request.Ids ?? [.. byId.Keys];
        return GetAnswer.Make(call, state,
            wanted.Where(byId.ContainsKey).Select(id => json.Write(call.Caller, byId[id], reached.TryGetValue(byId[id].Account, out var account) ? account : null, request.Properties)),
            wanted.Where(id => !byId.ContainsKey(id)));
    }
}
