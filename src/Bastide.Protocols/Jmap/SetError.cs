using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Why one record of a <c>/set</c>, <c>/copy</c> or <c>/import</c> was refused (RFC 8620 §5.3).</summary>
/// <param name="Type">The error's type: <c>invalidProperties</c>, <c>notFound</c>…</param>
/// <param name="Description">A sentence that tells what to do.</param>
/// <param name="Properties">The properties at fault, for <c>invalidProperties</c>.</param>
/// <param name="Extra">Further properties of the error.</param>
public sealed record SetError(string Type, string? Description = null, IReadOnlyList<string>? Properties = null, JsonObject? Extra = null)
{
    /// <summary>The record does not exist, or not for this caller.</summary>
    public static SetError NotFound { get; } = new("notFound");

    /// <summary>The error of the whole call when nothing was done at all: an account that may only be read is <c>accountReadOnly</c>.</summary>
    public JmapException OfWholeCall() => new(Type == "forbidden" ? "accountReadOnly" : Type, Description);

    /// <summary>The form on the wire.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["type"] = Type };
        if (Description is not null) json["description"] = Description;
        if (Properties is not null) json["properties"] = new JsonArray([.. Properties.Select(p => (JsonNode)p)]);
        foreach (var (name, value) in Extra ?? []) json[name] = value?.DeepClone();
        return json;
    }
}
