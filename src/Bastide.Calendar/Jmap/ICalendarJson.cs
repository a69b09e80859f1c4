using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Jmap;

/// <summary>
/// What a component says, property by property, in the manner of jCal (RFC 7265): for clients that look for what JSCalendar
/// has no word for. Only told, never set.
/// </summary>
static class ICalendarJson
{
    public static JsonObject Of(ICalComponent component) => new()
    {
        ["@type"] = "ICalComponent",
        ["name"] = Lower(component.Name),
        ["properties"] = Properties(component),
        ["components"] = new JsonArray([.. component.Components.Select(Array)]),
    };

    static JsonNode Array(ICalComponent component) => new JsonArray(Lower(component.Name), Properties(component), new JsonArray([.. component.Components.Select(Array)]));

    static JsonArray Properties(ICalComponent component) => new([.. component.Properties.Select(Property)]);

    static JsonNode Property(ICalProperty property)
    {
        var parameters = new JsonObject();
        foreach (var parameter in property.Parameters.Where(parameter => !parameter.Is("VALUE")))
            parameters[Lower(parameter.Name)] = parameter.Values.Count == 1 ? parameter.Value : new JsonArray([.. parameter.Values.Select(value => (JsonNode)value)]);
        return new JsonArray(Lower(property.Name), parameters, property.Parameter("VALUE") is { } type ? Lower(type) : "unknown", property.Value);
    }

    static string Lower(string name) => name.ToLowerInvariant();
}
