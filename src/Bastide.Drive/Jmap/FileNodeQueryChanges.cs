using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary><c>FileNode/queryChanges</c>: never told, as the answer of a query says; it is asked again. RFC 8620 §5.6.</summary>
static class FileNodeQueryChanges
{
    public static ValueTask<JsonObject> Handle(JmapCall call)
    {
        QueryChangesRequest.Parse(call);
        throw ChangesRequest.CannotCalculate();
    }
}
