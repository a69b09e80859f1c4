using System.Text;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>What a Name object reads as.</summary>
public static class JsContactName
{
    static readonly string[] Order = ["title", "given", "given2", "surname", "surname2", "generation", "credential"];

    /// <summary>The full name: as it is said, or else from the components in their order, with their separators. RFC 9553 §2.2.1.</summary>
    public static string Full(JsonObject name)
    {
        if (name["full"].Text() is { Length: > 0 } full) return full;
        var components = (name["components"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (!name["isOrdered"].IsTrue())
        {
            var values = components.Where(c => Order.Contains(c["kind"].Text())).OrderBy(c => Array.IndexOf(Order, c["kind"].Text()));
            return string.Join(' ', values.Select(c => c["value"].Text()?.Trim()).Where(text => !string.IsNullOrEmpty(text)));
        }

        var separator = name["defaultSeparator"].Text() ?? " ";
        var text = new StringBuilder();
        var isSeparated = true;
        foreach (var component in components)
        {
            var isSeparator = component["kind"].Text() == "separator";
            if (!isSeparator && !isSeparated) text.Append(separator);
            text.Append(component["value"].Text());
            isSeparated = isSeparator;
        }

        return text.ToString();
    }

    /// <summary>The value of the first component of a kind, or null.</summary>
    public static string? Component(JsonObject name, string kind) =>
        (name["components"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(c => c["kind"].Text() == kind)?["value"].Text();
}
