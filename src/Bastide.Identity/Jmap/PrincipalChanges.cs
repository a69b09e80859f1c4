using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>Principal/changes</c>: only that nothing changed can be told, as §2.2 of RFC 9670 allows.</summary>
sealed class PrincipalChanges(Principals principals)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var since = call.Arguments.Text("sinceState");
        var (_, state, _) = await principals.All(call.Caller, call.Cancellation);
        if (since != state) throw ChangesRequest.CannotCalculate();
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["oldState"] = state,
            ["newState"] = state,
            ["hasMoreChanges"] = false,
            ["created"] = new JsonArray(),
            ["updated"] = new JsonArray(),
            ["destroyed"] = new JsonArray(),
        };
    }
}
