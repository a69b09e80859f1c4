using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Reads arguments with the types of RFC 8620 §1; what has another type is <c>invalidArguments</c>.</summary>
public static class JmapArguments
{
    const long LargestInt = 9_007_199_254_740_991; // 2^53 − 1, RFC 8620 §1.3

    /// <summary>A string, or null when it is absent or null.</summary>
    public static string? TextOrNull(this JsonObject arguments, string name) => arguments[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw JmapException.InvalidArguments($"{name} is a string."),
    };

    /// <summary>A string that must be there.</summary>
    public static string Text(this JsonObject arguments, string name) =>
        arguments.TextOrNull(name) ?? throw JmapException.InvalidArguments($"{name} is missing: it is a string.");

    /// <summary>A boolean, or <paramref name="otherwise"/> when it is absent or null.</summary>
    public static bool Flag(this JsonObject arguments, string name, bool otherwise = false) => arguments[name] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw JmapException.InvalidArguments($"{name} is true or false."),
    };

    /// <summary>A boolean, or null when it is absent or null.</summary>
    public static bool? FlagOrNull(this JsonObject arguments, string name) =>
        arguments[name] is null ? null : arguments.Flag(name);

    /// <summary>An Int, or null when it is absent or null.</summary>
    public static long? IntOrNull(this JsonObject arguments, string name) => arguments[name] switch
    {
        null => null,
        { } node when TryInt(node, out var number) => number,
        _ => throw JmapException.InvalidArguments($"{name} is a whole number."),
    };

    /// <summary>An UnsignedInt, or null when it is absent or null.</summary>
    public static long? UnsignedOrNull(this JsonObject arguments, string name) =>
        arguments.IntOrNull(name) is { } number
            ? number >= 0 ? number : throw JmapException.InvalidArguments($"{name} is a whole number of 0 or more.")
            : null;

    /// <summary>A UTCDate or Date, or null when it is absent or null.</summary>
    public static DateTimeOffset? DateOrNull(this JsonObject arguments, string name)
    {
        if (arguments.TextOrNull(name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) && text.Contains('T', StringComparison.Ordinal)
            ? date
            : throw JmapException.InvalidArguments($"{name} is a date such as 2026-11-23T09:30:00Z.");
    }

    /// <summary>An object, or null when it is absent or null.</summary>
    public static JsonObject? ObjectOrNull(this JsonObject arguments, string name) => arguments[name] switch
    {
        null => null,
        JsonObject o => o,
        _ => throw JmapException.InvalidArguments($"{name} is an object."),
    };

    /// <summary>A list of strings, or null when it is absent or null.</summary>
    public static IReadOnlyList<string>? TextsOrNull(this JsonObject arguments, string name) => arguments[name] switch
    {
        null => null,
        JsonArray array => [.. array.Select(item => item is JsonValue value && value.TryGetValue(out string? text) ? text : throw JmapException.InvalidArguments($"{name} is a list of strings."))],
        _ => throw JmapException.InvalidArguments($"{name} is a list of strings."),
    };

    /// <summary>Whether the node is a whole number within ±(2^53 − 1).</summary>
    public static bool TryInt(JsonNode node, out long number)
    {
        number = 0;
        if (node.GetValueKind() != JsonValueKind.Number) return false;
        var value = (JsonValue)node;
        if (value.TryGetValue(out long whole)) number = whole;
        else if (value.TryGetValue(out int small)) number = small;
        else if (value.TryGetValue(out double real) && Math.Floor(real) == real && Math.Abs(real) <= LargestInt) number = (long)real;
        else return false;
        return Math.Abs(number) <= LargestInt;
    }
}
