using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Locations: LOCATION with GEO is the main one, VLOCATION components (RFC 9073 §7.2) are the others.</summary>
sealed class LocationPart : EventPart
{
    const string Geo = "GEO";
    const string Location = "LOCATION";
    const string VLocation = "VLOCATION";

    public override IReadOnlyList<string> Properties { get; } = ["locations", "mainLocationId"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var found = Find(scope.Component);
        if (found.Count == 0) return;
        into["locations"] = new JsonObject(found.Select(entry => KeyValuePair.Create(entry.Id, (JsonNode?)entry.Value)));
        if (found.Count > 1 && found.Find(entry => entry.IsMain) is { } main) into["mainLocationId"] = main.Id;
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        var present = Find(component).ToDictionary(entry => entry.Id);
        var wanted = Entries(after, "locations").ToDictionary();
        var main = after["mainLocationId"].AsText() is { } named && wanted.ContainsKey(named) ? named
            : present.Values.FirstOrDefault(entry => entry.IsMain && wanted.ContainsKey(entry.Id))?.Id ?? wanted.Keys.FirstOrDefault();
        foreach (var (id, entry) in present)
            if (!wanted.TryGetValue(id, out var value) || entry.IsMain != (id == main))
                foreach (var node in entry.Nodes)
                    component.Remove(node);
        foreach (var (id, value) in wanted)
        {
            var entry = present.GetValueOrDefault(id) is { } kept && kept.IsMain == (id == main) ? kept : null;
            if (entry is not null && JsonNode.DeepEquals(entry.Value, value)) continue;
            // One that a component describes goes on being described by it.
            if (id == main && entry?.Nodes.OfType<ICalComponent>().Any() != true) WriteMain(component, id, value);
            else WriteComponent(component, id, value, entry, isMain: id == main);
        }
    }

    static List<Entry> Find(ICalComponent component)
    {
        var entries = new List<Entry>();
        foreach (var inner in component.ComponentsOf(VLocation))
        {
            var value = ReadComponent(inner);
            var made = JSIds.IsId(inner.Text("UID")) ? inner.Text("UID")! : JSIds.Of(value["name"].AsText(), value["coordinates"].AsText());
            entries.Add(new Entry(JSIds.Of(inner, made, [.. entries.Select(entry => entry.Id)]), value, [inner]));
        }

        var (location, geo) = (component.Property(Location), component.Property(Geo));
        if (location is null && geo is null) return entries;
        if (location is not null && entries.Find(entry => entry.Value["name"].AsText() == location.Text) is { } described && (location.Parameter("DERIVED") is not null || geo is null))
        {
            entries[entries.IndexOf(described)] = described with { Nodes = [.. described.Nodes, location], IsMain = true };
            return entries;
        }

        var main = new JsonObject { ["@type"] = "Location" };
        if (location is not null) main["name"] = location.Text;
        if (geo is not null && Coordinates(geo) is { } coordinates) main["coordinates"] = coordinates;
        var id = JSIds.Of(location ?? geo!, MadeId(main), [.. entries.Select(entry => entry.Id)]);
        entries.Insert(0, new Entry(id, main, [.. new ICalNode?[] { location, geo }.OfType<ICalNode>()]) { IsMain = true });
        return entries;
    }

    static string MadeId(JsonObject value) => JSIds.Of(value["name"].AsText() ?? value["coordinates"].AsText());

    static JsonObject ReadComponent(ICalComponent inner)
    {
        var value = new JsonObject { ["@type"] = "Location" };
        if (inner.Text("NAME") is { } name) value["name"] = name;
        if (inner.Text("DESCRIPTION") is { } description) value["description"] = description;
        if (inner.Property("COORDINATES") is { } property) value["coordinates"] = property.Text;
        else if (inner.Property(Geo) is { } geo && Coordinates(geo) is { } coordinates) value["coordinates"] = coordinates;
        var types = inner.PropertiesOf("LOCATION-TYPE").SelectMany(property => ICalText.List(property.Value)).ToList();
        if (types.Count > 0) value["locationTypes"] = Set(types);
        return value;
    }

    static void WriteMain(ICalComponent component, string id, JsonObject value)
    {
        var made = MadeId(value);
        component.SetText(Location, value["name"].AsText());
        if (value["coordinates"].AsText() != (component.Property(Geo) is { } present ? Coordinates(present) : null))
            component.Set(Geo, GeoOf(value["coordinates"].AsText()));
        if ((component.Property(Location) ?? component.Property(Geo)) is { } named) component.Replace(named, JSIds.Keep(named, id, made));
        // A location without a name still has to be told from none.
        else component.Add(JSIds.Keep(new ICalProperty(Location, ""), id, made));
    }

    static void WriteComponent(ICalComponent component, string id, JsonObject value, Entry? entry, bool isMain)
    {
        var inner = entry?.Nodes.OfType<ICalComponent>().FirstOrDefault();
        if (inner is null)
        {
            inner = new ICalComponent(VLocation, [new ICalProperty("UID", id)]);
            component.Add(inner);
        }

        inner.SetText("NAME", value["name"].AsText());
        inner.SetText("DESCRIPTION", value["description"].AsText());
        if (value["coordinates"].AsText() != ReadComponent(inner)["coordinates"].AsText())
        {
            inner.RemoveAll(Geo);
            inner.SetText("COORDINATES", value["coordinates"].AsText());
        }

        var types = Members(value["locationTypes"]).ToList();
        if (!types.SequenceEqual(Members(ReadComponent(inner)["locationTypes"])))
            inner.Set("LOCATION-TYPE", types.Count == 0 ? null : string.Join(',', types.Select(ICalText.Escape)));
        inner.Set(JSIds.Name, inner.Text("UID") == id ? null : id);
        if (!isMain) return;
        foreach (var property in entry!.Nodes.OfType<ICalProperty>())
            component.Replace(property, property.WithValue(ICalText.Escape(value["name"].AsText() ?? "")));
    }

    static string? Coordinates(ICalProperty geo)
    {
        var parts = geo.Value.Split(';');
        return parts.Length == 2 && IsDegree(parts[0]) && IsDegree(parts[1]) ? $"geo:{parts[0].Trim()},{parts[1].Trim()}" : null;
    }

    /// <summary>GEO of a plain <c>geo:</c> URI; null for one that says more than two numbers.</summary>
    static string? GeoOf(string? coordinates)
    {
        if (coordinates is null || !coordinates.StartsWith("geo:", StringComparison.Ordinal)) return null;
        var parts = coordinates[4..].Split(',');
        return parts.Length == 2 && IsDegree(parts[0]) && IsDegree(parts[1]) ? $"{parts[0]};{parts[1]}" : null;
    }

    static bool IsDegree(string text) => decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    sealed record Entry(string Id, JsonObject Value, List<ICalNode> Nodes)
    {
        public bool IsMain { get; init; }
    }
}
