using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Virtual locations: CONFERENCE (RFC 7986 §5.11).</summary>
sealed class VirtualLocationPart : EventPart
{
    const string Conference = "CONFERENCE";

    public override IReadOnlyList<string> Properties { get; } = ["virtualLocations"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var found = Find(scope.Component);
        if (found.Count > 0) into["virtualLocations"] = new JsonObject(found.Select(entry => KeyValuePair.Create(entry.Id, (JsonNode?)entry.Value)));
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        var present = Find(component).ToDictionary(entry => entry.Id);
        var wanted = Entries(after, "virtualLocations").ToDictionary();
        foreach (var (id, entry) in present)
            if (!wanted.ContainsKey(id))
                component.Remove(entry.Property);
        foreach (var (id, value) in wanted)
        {
            var entry = present.GetValueOrDefault(id);
            if (entry is not null && JsonNode.DeepEquals(entry.Value, value)) continue;
            var uri = value["uri"].AsText() ?? "";
            var features = Members(value["features"]).Select(feature => feature.ToUpperInvariant()).ToList();
            var property = (entry?.Property ?? new ICalProperty(Conference, uri, new ICalParameter("VALUE", "URI"))).WithValue(uri)
                .WithParameter("FEATURE", features.Count == 0 ? null : features)
                .WithParameter("LABEL", value["name"].AsText());
            property = JSIds.Keep(property, id, JSIds.Of(uri));
            if (entry is null) component.Add(property);
            else component.Replace(entry.Property, property);
        }
    }

    static List<Entry> Find(ICalComponent component)
    {
        var entries = new List<Entry>();
        foreach (var property in component.PropertiesOf(Conference))
        {
            var value = new JsonObject { ["@type"] = "VirtualLocation", ["uri"] = property.Value };
            if (property.Parameter("LABEL") is { Length: > 0 } name) value["name"] = name;
            var features = property.ParameterValues("FEATURE").Select(JSWords.Lower).ToList();
            if (features.Count > 0) value["features"] = Set(features);
            entries.Add(new Entry(JSIds.Of(property, JSIds.Of(property.Value), [.. entries.Select(entry => entry.Id)]), value, property));
        }

        return entries;
    }

    sealed record Entry(string Id, JsonObject Value, ICalProperty Property);
}
