using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// What JSCalendar says and iCalendar has no word for: <c>JSPROP;JSPTR="pointer":json</c>
/// (draft-ietf-calext-jscalendar-icalendar). A pointer whose place is gone, because a program without JSCalendar took it away,
/// says nothing any more.
/// </summary>
static class JsonProperties
{
    const string Name = "JSPROP";
    const string Pointer = "JSPTR";
    const int Deepest = 50;
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    /// <summary>All of a component, as a patch.</summary>
    public static JsonObject Read(ICalComponent component)
    {
        var patch = new JsonObject();
        foreach (var property in component.PropertiesOf(Name))
            if (property.Parameter(Pointer) is { Length: > 0 } pointer && TryParse(property.Text, out var value))
                patch[pointer] = value;
        return patch;
    }

    /// <summary>Makes them this patch; those that stay the same stay as they were written.</summary>
    public static void Write(ICalComponent component, JsonObject patch)
    {
        var left = patch.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        foreach (var property in component.PropertiesOf(Name).ToList())
        {
            var isKept = property.Parameter(Pointer) is { } pointer && left.TryGetValue(pointer, out var wanted)
                && TryParse(property.Text, out var value) && JsonNode.DeepEquals(value, wanted) && left.Remove(pointer);
            if (!isKept) component.Remove(property);
        }

        foreach (var (pointer, value) in left)
            component.Add(new ICalProperty(Name, ICalText.Escape(value?.ToJsonString() ?? "null"), new ICalParameter(Pointer, pointer)));
    }

    static bool TryParse(string text, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(text, documentOptions: Strict);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }
}
