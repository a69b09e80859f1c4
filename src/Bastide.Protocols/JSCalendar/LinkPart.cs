using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// Links: ATTACH is an enclosure, IMAGE (RFC 7986 §5.10) an icon, URL what describes the event, LINK (RFC 9253 §6.2) any other.
/// A managed attachment (RFC 8607) is a blob.
/// </summary>
sealed class LinkPart : EventPart
{
    const string Attach = "ATTACH";
    const string Image = "IMAGE";
    const string Link = "LINK";
    const string Url = "URL";

    public override IReadOnlyList<string> Properties { get; } = ["links"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var found = Find(scope.Component);
        if (found.Count > 0) into["links"] = new JsonObject(found.Select(entry => KeyValuePair.Create(entry.Id, (JsonNode?)entry.Value)));
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        var present = Find(component).ToDictionary(entry => entry.Id);
        var wanted = Entries(after, "links").ToDictionary();
        foreach (var (id, entry) in present)
            if (!wanted.ContainsKey(id))
                component.Remove(entry.Property);
        foreach (var (id, value) in wanted)
        {
            var entry = present.GetValueOrDefault(id);
            if (entry is not null && JsonNode.DeepEquals(entry.Value, value)) continue;
            if (value["href"].AsText() is null)
            {
                if (entry is not null) component.Remove(entry.Property);
                continue;
            }

            var name = NameFor(value, entry?.Property, component);
            var old = entry?.Property.Is(name) == true ? entry.Property : null;
            if (entry is not null && old is null) component.Remove(entry.Property);
            var property = Compose(name, old, value);
            property = JSIds.Keep(property, id, MadeId(property));
            if (old is null) component.Add(property);
            else component.Replace(old, property);
        }
    }

    static List<Entry> Find(ICalComponent component)
    {
        var entries = new List<Entry>();
        foreach (var property in component.Properties)
            if (ReadOne(property) is { } value)
                entries.Add(new Entry(JSIds.Of(property, MadeId(property), [.. entries.Select(entry => entry.Id)]), value, property));
        return entries;
    }

    static string MadeId(ICalProperty property) => JSIds.Of(property.Parameter("MANAGED-ID") ?? property.Value);

    static JsonObject? ReadOne(ICalProperty property)
    {
        if (property.Is(Attach)) return Common(property, "enclosure", property.Parameter("FILENAME"));
        if (property.Is(Link)) return Common(property, property.Parameter("LINKREL"), property.Parameter("LABEL"));
        if (property.Is(Url)) return Common(property, "describedby", null);
        if (!property.Is(Image)) return null;
        var image = Common(property, "icon", property.Parameter("LABEL"));
        var display = property.ParameterValues("DISPLAY").Select(JSWords.Lower).ToList();
        if (display.Count > 0) image["display"] = Set(display);
        return image;
    }

    static JsonObject Common(ICalProperty property, string? rel, string? title)
    {
        var type = property.Parameter("FMTTYPE");
        var link = new JsonObject { ["@type"] = "Link", ["href"] = IsBinary(property) ? $"data:{type ?? "application/octet-stream"};base64,{property.Value}" : property.Value };
        if (type is not null) link["contentType"] = type;
        if (long.TryParse(property.Parameter("SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) link["size"] = size;
        if (title is { Length: > 0 }) link["title"] = title;
        if (rel is { Length: > 0 }) link["rel"] = rel;
        if (property.Parameter("MANAGED-ID") is { Length: > 0 } managed) link["blobId"] = managed;
        return link;
    }

    static bool IsBinary(ICalProperty property) => property.Parameter("VALUE")?.Equals("BINARY", StringComparison.OrdinalIgnoreCase) == true;

    static string NameFor(JsonObject value, ICalProperty? present, ICalComponent component)
    {
        var name = value["rel"].AsText() switch
        {
            "enclosure" => Attach,
            "icon" => Image,
            // An event has one URL (RFC 5545 §3.8.4.6).
            "describedby" when present?.Is(Url) == true || component.Property(Url) is null => Url,
            _ => Link,
        };
        return name == Url && (value["title"] ?? value["contentType"] ?? value["size"] ?? value["blobId"]) is not null ? Link : name;
    }

    static ICalProperty Compose(string name, ICalProperty? old, JsonObject value)
    {
        var href = value["href"].AsText()!;
        var type = value["contentType"].AsText();
        var title = value["title"].AsText();
        var property = old ?? new ICalProperty(name, href);
        // Octets within stay octets: some programs read them in no other form.
        if (name == Attach && Base64Of(href, type) is { } octets)
            property = property.WithValue(octets).WithParameter("ENCODING", "BASE64").WithParameter("VALUE", "BINARY");
        else
            property = property.WithValue(href).WithParameter("ENCODING", (string?)null).WithParameter("VALUE", name is Image or Link ? "URI" : null);
        property = property.WithParameter("FMTTYPE", type).WithParameter("SIZE", value["size"]?.ToJsonString()).WithParameter("MANAGED-ID", value["blobId"].AsText());
        return name switch
        {
            Attach => property.WithParameter("FILENAME", title),
            Image => property.WithParameter("LABEL", title).WithParameter("DISPLAY", Members(value["display"]).Select(way => way.ToUpperInvariant()).ToList() is { Count: > 0 } ways ? ways : null),
            Link => property.WithParameter("LABEL", title).WithParameter("LINKREL", value["rel"].AsText()),
            _ => property,
        };
    }

    static string? Base64Of(string href, string? type)
    {
        var head = $"data:{type ?? "application/octet-stream"};base64,";
        return href.StartsWith(head, StringComparison.Ordinal) ? href[head.Length..] : null;
    }

    sealed record Entry(string Id, JsonObject Value, ICalProperty Property);
}
