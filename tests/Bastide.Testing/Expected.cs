using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bastide.Testing;

/// <summary>
/// Compares an answer with what a conversation expects. An object may have more properties than are expected, unless the
/// expected one has <c>"only": true</c>; null is also met by what is missing. A list has exactly the expected items, in any order
/// when the first expected one is <c>"~"</c>. <c>"*"</c> is anything but null, <c>"/…/"</c> a regular expression, and
/// <c>%name%</c> what was met there the first time.
/// </summary>
public sealed partial class Expected(Dictionary<string, string> names)
{
    /// <summary>Where and how they differ, or null.</summary>
    public string? Differs(JsonNode? expected, JsonNode? actual, string at = "")
    {
        switch (expected)
        {
            case null:
                return actual is null ? null : $"{at}: expected null, not {Show(actual)}";
            case JsonObject expectedObject:
                return actual is JsonObject actualObject ? DiffersObject(expectedObject, actualObject, at) : $"{at}: expected an object, not {Show(actual)}";
            case JsonArray expectedArray:
                return actual is JsonArray actualArray ? DiffersArray(expectedArray, actualArray, at) : $"{at}: expected a list, not {Show(actual)}";
            default:
                return DiffersValue(expected, actual, at);
        }
    }

    string? DiffersObject(JsonObject expected, JsonObject actual, string at)
    {
        var seen = new HashSet<string>();
        foreach (var (name, value) in expected)
        {
            if (name == "only") continue;
            var known = Fill(name);
            seen.Add(known);
            if (value is not null && !actual.ContainsKey(known)) return $"{at}/{known}: missing in {Show(actual)}";
            if (Differs(value, actual[known], $"{at}/{known}") is { } difference) return difference;
        }

        if (!expected.ContainsKey("only")) return null;
        return actual.FirstOrDefault(p => !seen.Contains(p.Key)).Key is { } extra ? $"{at}/{extra}: not expected: {Show(actual)}" : null;
    }

    string? DiffersArray(JsonArray expected, JsonArray actual, string at)
    {
        if (expected.Count > 0 && expected[0] is JsonValue first && first.TryGetValue(out string? mark) && mark == "~")
        {
            var left = actual.ToList();
            foreach (var item in expected.Skip(1))
            {
                var met = left.FindIndex(a => Differs(item, a, at) is null);
                if (met < 0) return $"{at}: {Show(item)} is not in {Show(actual)}";
                left.RemoveAt(met);
            }

            return left.Count == 0 ? null : $"{at}: not expected: {Show(left[0])}";
        }

        if (expected.Count != actual.Count) return $"{at}: expected {expected.Count} items, not {Show(actual)}";
        for (var i = 0; i < expected.Count; i++)
            if (Differs(expected[i], actual[i], $"{at}/{i}") is { } difference)
                return difference;
        return null;
    }

    string? DiffersValue(JsonNode expected, JsonNode? actual, string at)
    {
        if (expected.GetValueKind() == JsonValueKind.String)
        {
            var text = (string)expected!;
            if (text == "*") return actual is null ? $"{at}: expected something" : null;
            if (text.Length > 2 && text[0] == '/' && text[^1] == '/')
                return actual?.GetValueKind() == JsonValueKind.String && Regex.IsMatch((string)actual!, text[1..^1], RegexOptions.Singleline) ? null : $"{at}: expected {text}, not {Show(actual)}";
            if (Name().Match(text) is { Success: true } match && match.Length == text.Length && !names.ContainsKey(match.Groups[1].Value))
            {
                if (actual?.GetValueKind() != JsonValueKind.String) return $"{at}: expected a string, not {Show(actual)}";
                names[match.Groups[1].Value] = (string)actual!;
                return null;
            }

            return JsonNode.DeepEquals(JsonValue.Create(Fill(text)), actual) ? null : $"{at}: expected \"{Fill(text)}\", not {Show(actual)}";
        }

        return JsonNode.DeepEquals(expected, actual) ? null : $"{at}: expected {Show(expected)}, not {Show(actual)}";
    }

    /// <summary>The text with every known name replaced.</summary>
    public string Fill(string text) => Name().Replace(text, match => names.GetValueOrDefault(match.Groups[1].Value, match.Value));

    static string Show(JsonNode? node)
    {
        var text = node?.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
        return text.Length > 1500 ? text[..1500] + "…" : text;
    }

    [GeneratedRegex("%([A-Za-z0-9_]+)%")]
    private static partial Regex Name();
}
