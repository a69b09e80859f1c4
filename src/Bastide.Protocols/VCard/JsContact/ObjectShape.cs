using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>An object type of JSContact: its properties, and what holds between them. Properties it does not know are kept (RFC 9553 §1.7.4).</summary>
sealed class ObjectShape(string type, params (string Name, Shape Shape)[] properties) : Shape
{
    readonly Dictionary<string, Shape> _shapes = properties.ToDictionary(p => p.Name, p => p.Shape, StringComparer.Ordinal);
    readonly Dictionary<string, string> _anyCase = properties.ToDictionary(p => p.Name, p => p.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The properties that must be there.</summary>
    public string[] Mandatory { get; init; } = [];

    /// <summary>Properties of which one must be there.</summary>
    public string[] OneOf { get; init; } = [];

    /// <summary>Whether <c>@type</c> must be said.</summary>
    public bool SaysType { get; init; }

    /// <summary>What is the same as not saying it.</summary>
    public (string Name, string Value)? Default { get; init; }

    /// <summary>What else holds: adds faults of the object at the path.</summary>
    public Action<JsonObject, string, List<JsContactFault>>? Rule { get; init; }

    /// <summary>What else puts a valid object into its one form.</summary>
    public Action<JsonObject>? Tidy { get; init; }

    public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
    {
        if (node is not JsonObject o)
        {
            Fault(faults, path, "it is an object.");
            return;
        }

        foreach (var (name, value) in o)
        {
            var at = path.Length == 0 ? CardPatch.Escape(name) : $"{path}/{CardPatch.Escape(name)}";
            if (_shapes.TryGetValue(name, out var shape)) shape.Check(value, at, faults);
            else if (name == "@type") CheckType(value, at, faults);
            else if (name == "vCardParams") CheckParameters(value, at, faults);
            else if (name == "vCardName") CheckName(value, at, faults);
            else if (_anyCase.TryGetValue(name, out var known)) Fault(faults, at, $"it is written {known}.");
            else if (name == "extra" || !IsPropertyName(name)) Fault(faults, at, "a property cannot be called so.");
        }

        foreach (var name in Mandatory)
            if (!o.ContainsKey(name))
                Fault(faults, path.Length == 0 ? name : $"{path}/{name}", "it is missing.");
        if (OneOf.Length > 0 && !OneOf.Any(o.ContainsKey)) Fault(faults, path, $"it has one of {string.Join(", ", OneOf)}.");
        if (SaysType && !o.ContainsKey("@type")) Fault(faults, path.Length == 0 ? "@type" : $"{path}/@type", "it is missing.");
        Rule?.Invoke(o, path, faults);
    }

    public override JsonNode? Clean(JsonNode node)
    {
        var o = (JsonObject)node;
        foreach (var (name, value) in o.ToList())
        {
            if (value is null) o.Remove(name);
            else if (_shapes.TryGetValue(name, out var shape)) Replace(o, name, value, shape.Clean(value));
            else if (name == "vCardParams" && value is JsonObject { Count: 0 }) o.Remove(name);
        }

        if (!SaysType) o.Remove("@type");
        Tidy?.Invoke(o);
        if (Default is var (property, said) && !o.ContainsKey(property)) o[property] = said;
        return o;
    }

    void CheckType(JsonNode? value, string path, List<JsContactFault> faults)
    {
        if (value.Text() != type) Fault(faults, path, $"it is {type}.");
    }

    static void CheckParameters(JsonNode? value, string path, List<JsContactFault> faults)
    {
        if (value is not JsonObject parameters || parameters.Any(p => !ContentLine.IsName(p.Key) || (p.Value.Text() is null && (p.Value is not JsonArray { Count: > 0 } list || list.Any(item => item.Text() is null)))))
            Fault(faults, path, "it is an object of parameters, each a string or a list of strings.");
    }

    static void CheckName(JsonNode? value, string path, List<JsContactFault> faults)
    {
        if (value.Text() is not { } name || !ContentLine.IsName(name)) Fault(faults, path, "it is the name of a vCard property.");
    }

    /// <summary>Whether a name may be that of a property this server does not know: registered ones have a plain form, vendors' a domain before a colon.</summary>
    static bool IsPropertyName(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '@')
            : colon > 0 && colon + 1 < name.Length && !name.Any(c => char.IsControl(c) || c is '"') && !name[(colon + 1)..].Contains('~', StringComparison.Ordinal);
    }
}
