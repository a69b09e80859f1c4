using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>PatchObjects of JSContact (RFC 9553 §1.4.3), which may lead through lists.</summary>
static class CardPatch
{
    const int Deepest = 20;

    /// <summary>A patched copy; null when any of the patches is not valid.</summary>
    public static JsonObject? Apply(JsonObject card, JsonObject patch)
    {
        if (HasPrefix(patch)) return null;
        var copy = (JsonObject)card.DeepClone();
        return ApplyTo(copy, patch) ? copy : null;
    }

    /// <summary>Patches an object itself; false, with some patches applied, when one is not valid.</summary>
    public static bool ApplyTo(JsonObject card, JsonObject patch)
    {
        foreach (var (path, value) in patch)
        {
            var tokens = Split(path);
            if (tokens.Length > Deepest) return false;
            JsonNode? place = card;
            for (var i = 0; i < tokens.Length - 1; i++) place = Step(place, tokens[i]);
            switch (place)
            {
                case JsonObject o when value is null:
                    o.Remove(tokens[^1]);
                    break;
                case JsonObject o:
                    o[tokens[^1]] = value.DeepClone();
                    break;
                case JsonArray list when value is not null && TryIndex(list, tokens[^1], out var index):
                    list[index] = value.DeepClone();
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>The patch that makes one object into the other, by properties as deep as both are objects.</summary>
    public static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        Compare(from, to, "", patch);
        return patch;
    }

    /// <summary>A name as a token of a path (RFC 6901 §3).</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    static void Compare(JsonObject from, JsonObject to, string path, JsonObject patch)
    {
        foreach (var (name, _) in from)
            if (!to.ContainsKey(name))
                patch[path + Escape(name)] = null;
        foreach (var (name, value) in to)
        {
            // A patch cannot make a value null, so that what holds one is given whole.
            if (from[name] is JsonObject inner && value is JsonObject target && !target.Any(p => p.Value is null && !inner.ContainsKey(p.Key))) Compare(inner, target, path + Escape(name) + "/", patch);
            else if (!JsonNode.DeepEquals(from[name], value)) patch[path + Escape(name)] = value?.DeepClone();
        }
    }

    static bool HasPrefix(JsonObject patch) => patch.Any(p =>
    {
        for (var slash = p.Key.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = p.Key.IndexOf('/', slash + 1))
            if (patch.ContainsKey(p.Key[..slash]))
                return true;
        return false;
    });

    static JsonNode? Step(JsonNode? place, string token) => place switch
    {
        JsonObject o => o[token],
        JsonArray list when TryIndex(list, token, out var index) => list[index],
        _ => null,
    };

    static bool TryIndex(JsonArray list, string token, out int index) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < list.Count && (token.Length == 1 || token[0] != '0');

    static string[] Split(string path) =>
        [.. path.Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
