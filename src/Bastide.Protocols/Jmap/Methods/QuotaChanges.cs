using System.Text.Json.Nodes;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Quota/changes</c>. RFC 9425 §4.2.</summary>
sealed class QuotaChanges(Database database)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var since = call.Arguments.Text("sinceState");
        if (call.Arguments.UnsignedOrNull("maxChanges") == 0) throw JmapException.InvalidArguments("maxChanges is greater than 0.");
        var (_, state) = await QuotaFigures.Load(database, call);
        if (since != state) throw ChangesRequest.CannotCalculate();
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["oldState"] = since,
            ["newState"] = state,
            ["hasMoreChanges"] = false,
            ["created"] = new JsonArray(),
            ["updated"] = new JsonArray(),
            ["destroyed"] = new JsonArray(),
            ["updatedProperties"] = null,
        };
    }
}
