using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Back-references: <c>#ids</c> taken from an earlier response by a JSON pointer with <c>*</c> (RFC 8620 §3.7).</summary>
static class References
{
    /// <summary>The arguments with every <c>#name</c> replaced. Throws <c>invalidResultReference</c> or <c>invalidArguments</c>.</summary>
    public static JsonObject Resolve(JsonObject arguments, JsonArray responses)
    {
        if (!arguments.Any(a => a.Key.StartsWith('#'))) return arguments;
        var resolved = new JsonObject();
        foreach (var (name, value) in arguments)
        {
            if (!name.StartsWith('#'))
            {
                resolved[name] = value?.DeepClone();
                continue;
            }

            if (arguments.ContainsKey(name[1..])) throw JmapException.InvalidArguments($"{name[1..]} is given both by value and by reference: give one.");
            resolved[name[1..]] = Look(value, responses);
        }

        return resolved;
    }

    static JsonNode? Look(JsonNode? reference, JsonArray responses)
    {
        if (reference is not JsonObject o || Text(o["resultOf"]) is not { } resultOf || Text(o["name"]) is not { } name || Text(o["path"]) is not { } path)
            throw Invalid("A reference has resultOf, name and path.");
        foreach (var response in responses)
        {
            if ((string?)response![2] != resultOf) continue;
            if ((string?)response[0] != name) throw Invalid($"The first response of call {resultOf} is not {name}.");
            return Evaluate(response[1], path);
        }

        throw Invalid($"No earlier call has the id {resultOf}.");
    }

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>RFC 6901, with <c>*</c> mapping the rest of the pointer over an array and flattening what are arrays.</summary>
    internal static JsonNode? Evaluate(JsonNode? node, string path)
    {
        if (path.Length == 0) return node?.DeepClone();
        if (path[0] != '/') throw Invalid("A path is a JSON pointer: it begins with a slash.");
        return Walk(node, path.Split('/'), 1)?.DeepClone();
    }

    static JsonNode? Walk(JsonNode? node, string[] tokens, int index)
    {
        if (index == tokens.Length) return node;
        var token = tokens[index].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        if (node is JsonArray array)
        {
            if (token == "*")
            {
                var all = new JsonArray();
                foreach (var item in array)
                {
                    var found = Walk(item, tokens, index + 1);
                    if (found is JsonArray nested) foreach (var inner in nested) all.Add(inner?.DeepClone());
                    else all.Add(found?.DeepClone());
                }

                return all;
            }

            if ((token == "0" || !token.StartsWith('0')) && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < array.Count)
                return Walk(array[position], tokens, index + 1);
            throw Invalid($"The path leads to no element {token}.");
        }

        if (node is JsonObject o && o.TryGetPropertyValue(token, out var value)) return Walk(value, tokens, index + 1);
        throw Invalid($"The path leads to no property {token}.");
    }

    static JmapException Invalid(string description) => new("invalidResultReference", description);
}
