using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Patch objects (RFC 8620 §5.3).</summary>
public static class JmapPatch
{
    const int Deepest = 100;

    /// <summary>
    /// The record with the patch applied, as a new object. Null with the error when a path leads through what is not
    /// there or not an object, into an array, or is the beginning of another.
    /// </summary>
    public static JsonObject? Apply(JsonObject current, JsonObject patch, out SetError? error)
    {
        error = patch.Select(p => Conflict(patch, p.Key)).FirstOrDefault(e => e is not null);
        if (error is not null) return null;
        var result = (JsonObject)current.DeepClone();
        foreach (var (key, value) in patch)
        {
            var path = Split(key);
            JsonNode? place = result;
            for (var i = 0; i < path.Length - 1 && place is not null; i++) place = (place as JsonObject)?[path[i]];
            if (place is not JsonObject parent)
            {
                error = new SetError("invalidPatch", $"The path {key} leads through what is not there.");
                return null;
            }

            if (value is null && path.Length > 1) parent.Remove(path[^1]);
            else parent[path[^1]] = value?.DeepClone();
        }

        return result;
    }

    static SetError? Conflict(JsonObject patch, string path)
    {
        var depth = 1;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (++depth > Deepest) return new SetError("invalidPatch", $"A path has at most {Deepest} parts.");
            if (patch.ContainsKey(path[..slash])) return new SetError("invalidPatch", $"The path {path[..slash]} is the beginning of another one: give only one of them.");
        }

        return null;
    }

    /// <summary>The tokens of a patch path.</summary>
    public static string[] Split(string path) =>
        [.. path.Split('/').Select(t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
