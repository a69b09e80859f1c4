using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Looks at the values of objects to be set: null for what has another type, so that the caller names the property.</summary>
public static class JsonValues
{
    /// <summary>A string.</summary>
    public static string? AsText(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The number of 0 to 2⁵³−1. RFC 8620 §1.3.</summary>
    public static long? AsUnsigned(this JsonNode? node) =>
        node is not null && JmapArguments.TryInt(node, out var number) && number >= 0 ? number : null;

    /// <summary>The member of an object; null of what is none.</summary>
    public static JsonNode? Member(this JsonNode? node, string name) => (node as JsonObject)?[name];

    /// <summary>True or false.</summary>
    public static bool? AsFlag(this JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The keys of a set (<c>Id[Boolean]</c>): every value must be true.</summary>
    public static List<string>? AsSet(this JsonNode? node)
    {
        if (node is not JsonObject set) return null;
        foreach (var (_, value) in set)
            if (value.AsFlag() is not true)
                return null;
        return [.. set.Select(entry => entry.Key)];
    }

    /// <summary>Writes a list of strings, null of null.</summary>
    public static JsonArray? Texts(IReadOnlyList<string>? texts) =>
        texts is null ? null : new([.. texts.Select(text => (JsonNode)text)]);
}
