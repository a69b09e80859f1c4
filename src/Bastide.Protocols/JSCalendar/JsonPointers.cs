using System.Text.Json.Nodes;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Differences between JSON objects as PatchObjects (RFC 8984 §1.4.9), and objects with patches applied.</summary>
public static class JsonPointers
{
    const int Deepest = 50;

    /// <summary>What makes one object of another; the deepest pointers that say it, and null for what goes.</summary>
    public static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        Compare(from, to, "", patch);
        return patch;
    }

    /// <summary>
    /// The object with a patch applied, as a new one. Pointers that lead nowhere are passed over: what they would have
    /// changed is gone.
    /// </summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var patched = (JsonObject)target.DeepClone();
        foreach (var (pointer, value) in patch) Set(patched, pointer, value);
        return patched;
    }

    /// <summary>Sets, or takes away with null, what a pointer names. False where it leads nowhere.</summary>
    public static bool Set(JsonObject target, string pointer, JsonNode? value)
    {
        var path = Split(pointer);
        if (path.Length > Deepest) return false;
        var place = target;
        foreach (var step in path[..^1])
        {
            if (place[step] is not JsonObject inner) return false;
            place = inner;
        }

        if (value is null) place.Remove(path[^1]);
        else place[path[^1]] = value.DeepClone();
        return true;
    }

    /// <summary>The steps of a pointer.</summary>
    public static string[] Split(string pointer) =>
        [.. pointer.Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    /// <summary>A step in the form of a pointer.</summary>
    public static string Escape(string step) => step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    static void Compare(JsonObject from, JsonObject to, string prefix, JsonObject patch)
    {
        foreach (var (name, value) in to)
        {
            var pointer = prefix + Escape(name);
            if (!from.TryGetPropertyValue(name, out var old) || old is null)
            {
                if (value is not null) patch[pointer] = value.DeepClone();
            }
            else if (old is JsonObject oldObject && value is JsonObject newObject && newObject.Count > 0)
            {
                Compare(oldObject, newObject, pointer + "/", patch);
            }
            else if (!JsonNode.DeepEquals(old, value))
            {
                patch[pointer] = value?.DeepClone();
            }
        }

        foreach (var (name, value) in from)
            if (value is not null && !to.ContainsKey(name))
                patch[prefix + Escape(name)] = null;
    }
}
