using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>Principal/queryChanges</c>: never told, as §2.5 of RFC 9670 allows.</summary>
static class PrincipalQueryChanges
{
    public static ValueTask<JsonObject> Handle(JmapCall call)
    {
        call.Arguments.Text("sinceQueryState");
        throw ChangesRequest.CannotCalculate();
    }
}
