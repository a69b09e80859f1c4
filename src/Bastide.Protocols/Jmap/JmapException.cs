using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>A method-level error (RFC 8620 §3.6.2): it becomes the response of that call alone.</summary>
/// <param name="type">The error's type, as the specification writes it: <c>invalidArguments</c>.</param>
/// <param name="description">A sentence that tells what to do.</param>
/// <param name="extra">Further properties of the error.</param>
public sealed class JmapException(string type, string? description = null, JsonObject? extra = null) : Exception(description ?? type)
{
    /// <summary>The error's type.</summary>
    public string Type => type;

    /// <summary>The arguments of the <c>error</c> response.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["type"] = type };
        if (description is not null) json["description"] = description;
        foreach (var (name, value) in extra ?? []) json[name] = value?.DeepClone();
        return json;
    }

    /// <summary><c>invalidArguments</c> with what is wrong.</summary>
    public static JmapException InvalidArguments(string description) => new("invalidArguments", description);
}
