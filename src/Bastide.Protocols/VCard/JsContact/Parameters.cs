using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>The parameters of a property as they are turned into JSContact one after another; what is left becomes <c>vCardParams</c>. RFC 9555 §2.15.2.</summary>
sealed class Parameters
{
    readonly List<(string Name, List<string> Values)> _left = [];

    public Parameters(CardProperty property)
    {
        foreach (var parameter in property.Parameters)
        {
            var name = parameter.Name.ToLowerInvariant();
            var values = name == "type" ? parameter.Values.Select(value => value.ToLowerInvariant()) : parameter.Values;
            if (_left.FirstOrDefault(p => p.Name == name) is { Name: not null } known) known.Values.AddRange(values);
            else _left.Add((name, [.. values]));
        }
    }

    public bool Any => _left.Count > 0;

    /// <summary>The first value of a parameter, which is left where it is.</summary>
    public string? Peek(string name) => _left.FirstOrDefault(p => p.Name == name).Values?.FirstOrDefault();

    /// <summary>All values of a parameter, which are left where they are.</summary>
    public IReadOnlyList<string> PeekAll(string name) => _left.FirstOrDefault(p => p.Name == name).Values ?? [];

    /// <summary>Takes the one value of a parameter; null when it has none, or several.</summary>
    public string? Take(string name)
    {
        if (_left.FirstOrDefault(p => p.Name == name).Values is not [var value]) return null;
        Drop(name);
        return value;
    }

    /// <summary>Takes a parameter that is a number within these bounds; what is none is left.</summary>
    public long? TakeNumber(string name, int from, int to)
    {
        if (!int.TryParse(Peek(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < from || number > to) return null;
        // 01 is not written as 1 again.
        if (Peek(name)![0] == '0') return null;
        return Take(name) is null ? null : number;
    }

    /// <summary>Takes one value of TYPE.</summary>
    public bool TakeType(string type)
    {
        if (_left.FirstOrDefault(p => p.Name == "type").Values is not { } types || !types.Remove(type)) return false;
        types.RemoveAll(other => other == type);
        if (types.Count == 0) Drop("type");
        return true;
    }

    /// <summary>Leaves a parameter out.</summary>
    public void Drop(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) _left.RemoveAll(p => p.Name == name);
    }

    /// <summary>Puts a parameter in its place.</summary>
    public void Put(string name, string value)
    {
        Drop(name);
        _left.Add((name, [value]));
    }

    /// <summary>What is left, with the group where it matters; null when nothing is.</summary>
    public JsonObject? Rest(string? group)
    {
        if (_left.Count == 0 && group is null) return null;
        var rest = new JsonObject();
        if (group is not null) rest["group"] = group;
        foreach (var (name, values) in _left) rest[name] = values.Count == 1 ? values[0] : new JsonArray([.. values.Select(value => (JsonNode)value)]);
        return rest;
    }

    /// <summary>A property with the parameters and the group of a <c>vCardParams</c> added. Those that are no parameters are passed over.</summary>
    public static CardProperty Add(CardProperty property, JsonNode? vCardParams)
    {
        if (vCardParams is not JsonObject parameters) return property;
        foreach (var (name, node) in parameters)
        {
            var values = node switch
            {
                JsonValue value when value.TryGetValue(out string? text) => [text],
                JsonArray array => [.. array.Select(item => item is JsonValue value && value.TryGetValue(out string? text) ? text : null).OfType<string>()],
                _ => (List<string>)[],
            };
            if (values.Count == 0 || !ContentLine.IsName(name.Replace(".", "", StringComparison.Ordinal))) continue;
            if (name == "group") property = property with { Group = values[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && values[0].Length > 0 ? values[0] : property.Group };
            else if (ContentLine.IsName(name)) property = property.With(name.ToUpperInvariant(), [.. property.All(name), .. values]);
        }

        return property;
    }
}
