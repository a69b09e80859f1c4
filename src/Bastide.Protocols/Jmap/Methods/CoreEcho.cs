using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Core/echo</c>: answers its arguments. RFC 8620 §4.</summary>
static class CoreEcho
{
    public static ValueTask<JsonObject> Handle(JmapCall call) => ValueTask.FromResult((JsonObject)call.Arguments.DeepClone());
}
