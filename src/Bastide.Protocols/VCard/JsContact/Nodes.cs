using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Short words for looking at JSON.</summary>
static class Nodes
{
    /// <summary>A string; null for anything else.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Whether it is the value true.</summary>
    public static bool IsTrue(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    /// <summary>The names of a set whose values are true.</summary>
    public static IEnumerable<string> Set(this JsonNode? node) => node is JsonObject set ? set.Where(entry => entry.Value.IsTrue()).Select(entry => entry.Key) : [];

    /// <summary>A whole number; null for anything else.</summary>
    public static long? Whole(this JsonNode? node) =>
        node is JsonValue && node.GetValueKind() == JsonValueKind.Number && Bastide.Protocols.Jmap.JmapArguments.TryInt(node, out var number) ? number : null;

    /// <summary>A set of one name, or with another name in it.</summary>
    public static void Include(this JsonObject target, string set, string name)
    {
        if (target[set] is not JsonObject names) target[set] = names = [];
        names[name] = true;
    }

    /// <summary>The object of a name, made when it is missing.</summary>
    public static JsonObject Within(this JsonObject target, string name)
    {
        if (target[name] is not JsonObject inner) target[name] = inner = [];
        return inner;
    }
}
