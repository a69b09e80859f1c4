using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>Principal/set</c>: people and teams are administered elsewhere, so that every change is <c>forbidden</c>. RFC 9670 §2.3.</summary>
sealed class PrincipalSet(Principals principals)
{
    static readonly SetError Forbidden = new("forbidden", "People and teams are changed by their administrators.");

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var (all, state, _) = await principals.All(call.Caller, call.Cancellation);
        if (call.Arguments.TextOrNull("ifInState") is { } expected && expected != state) throw SetRequest.StateMismatch();
        // The state is no number: it is compared here, and is not read again.
        call.Arguments.Remove("ifInState");
        var request = SetRequest.Parse(call, hasOwn: true);
        var answer = new SetAnswer(call, request);
        var known = all.Select(entry => PrincipalJson.Id(entry.Account)).ToHashSet();
        foreach (var (creationId, _) in request.Create) answer.NotCreated(creationId, Forbidden);
        foreach (var (id, _) in request.Update) answer.NotUpdated(id, known.Contains(id) ? Forbidden : SetError.NotFound);
        foreach (var id in request.Destroy) answer.NotDestroyed(id, known.Contains(id) ? Forbidden : SetError.NotFound);
        return answer.ToJson(state, state);
    }
}
