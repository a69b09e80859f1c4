using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Back-references: <c>#ids</c> taken from an earlier response by a JSON pointer with <c>*</c> (RFC 8620 §3.7).
/// One for each request: what its references bring together is bounded, because a call that refers twice to the one
/// before it, thirty times over, would double it thirty times.
/// </summary>
/// <param name="most">The most octets that the references of the request bring, about.</param>
sealed class References(long most)
{
    readonly long _most = most;
    long _room = most;

    /// <summary>The arguments with every <c>#name</c> replaced. Throws <c>invalidResultReference</c> or <c>invalidArguments</c>.</summary>
    public JsonObject Resolve(JsonObject arguments, JsonArray responses)
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

    JsonNode? Look(JsonNode? reference, JsonArray responses)
    {
        if (reference is not JsonObject o || JmapJson.Text(o["resultOf"]) is not { } resultOf || JmapJson.Text(o["name"]) is not { } name || JmapJson.Text(o["path"]) is not { } path)
            throw Invalid("A reference has resultOf, name and path.");
        foreach (var response in responses)
        {
            if ((string?)response![2] != resultOf) continue;
            if ((string?)response[0] != name) throw Invalid($"The first response of call {resultOf} is not {name}.");
            return Evaluate(response[1], path);
        }

        throw Invalid($"No earlier call has the id {resultOf}.");
    }

    /// <summary>RFC 6901, with <c>*</c> mapping the rest of the pointer over an array and flattening what are arrays.</summary>
    JsonNode? Evaluate(JsonNode? node, string path)
    {
        if (path.Length > 0 && path[0] != '/') throw Invalid("A path is a JSON pointer: it begins with a slash.");
        var tokens = path.Split('/').Skip(1).Select(t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var found = new List<JsonNode?>();
        var isList = Walk(node, tokens, 0, found, isWithinList: false);
        foreach (var item in found) Charge(item);
        return isList ? new JsonArray([.. found.Select(item => item?.DeepClone())]) : found[0]?.DeepClone();
    }

    /// <summary>Collects what the rest of the path leads to; answers whether there was a <c>*</c> on the way.</summary>
    static bool Walk(JsonNode? node, string[] tokens, int index, List<JsonNode?> found, bool isWithinList)
    {
        if (index == tokens.Length)
        {
            if (isWithinList && node is JsonArray inner) found.AddRange(inner);
            else found.Add(node);
            return isWithinList;
        }

        var token = tokens[index];
        if (node is JsonArray array)
        {
            if (token == "*")
            {
                foreach (var item in array) Walk(item, tokens, index + 1, found, isWithinList: true);
                return true;
            }

            if ((token == "0" || !token.StartsWith('0')) && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < array.Count)
                return Walk(array[position], tokens, index + 1, found, isWithinList);
            throw Invalid($"The path leads to no element {token}.");
        }

        if (node is JsonObject o && o.TryGetPropertyValue(token, out var value)) return Walk(value, tokens, index + 1, found, isWithinList);
        throw Invalid($"The path leads to no property {token}.");
    }

    void Charge(JsonNode? node)
    {
        _room -= JsonWeight.Of(node, _room);
        if (_room < 0) throw new JmapException("requestTooLarge", $"The references of a request bring at most {_most} octets together: send the calls in more requests.");
    }

    static JmapException Invalid(string description) => new("invalidResultReference", description);
}
