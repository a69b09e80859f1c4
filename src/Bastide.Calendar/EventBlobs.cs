using System.Text.Json.Nodes;
using Bastide.Platform.Blobs;

namespace Bastide.Calendar;

/// <summary>The blobs that links of events refer to.</summary>
static class EventBlobs
{
    /// <summary>Gathers every <c>blobId</c> in an event or a patch, however deep.</summary>
    public static void Collect(JsonNode? node, HashSet<BlobId> into)
    {
        if (node is JsonObject json)
        {
            foreach (var (name, value) in json)
            {
                if (IsBlob(name) && value is JsonValue text && BlobId.TryParse(text.ToString(), null, out var blob)) into.Add(blob);
                else Collect(value, into);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list) Collect(value, into);
        }
    }

    /// <summary>Gives links to blobs an address; false where one names a blob that may not be read.</summary>
    public static bool Resolve(JsonObject calendarEvent, IReadOnlySet<BlobId> readable, Func<BlobId, JsonObject, string> address)
    {
        foreach (var (_, value) in calendarEvent["links"] as JsonObject ?? [])
        {
            if (value is not JsonObject link || link["blobId"] is not { } id) continue;
            if (!BlobId.TryParse(id.ToString(), null, out var blob) || (!readable.Contains(blob) && link["href"] is null)) return false;
            link["href"] ??= address(blob, link);
            link["rel"] ??= "enclosure";
        }

        return true;
    }

    // In a patch it may stand at the end of a pointer.
    static bool IsBlob(string name) => name == "blobId" || name.EndsWith("/blobId", StringComparison.Ordinal);
}
