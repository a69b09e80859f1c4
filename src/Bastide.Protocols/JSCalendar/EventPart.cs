using System.Text.Json.Nodes;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// A group of properties of an Event that iCalendar says together, read from a component and written into it. Writing changes
/// what differs and leaves the rest of the component as it was written.
/// </summary>
abstract class EventPart
{
    /// <summary>All of them, in the order they are read.</summary>
    public static IReadOnlyList<EventPart> All { get; } =
    [
        new TextPart(), new TimePart(), new SimplePart(), new RulePart(), new KeywordPart(), new RelationPart(), new ParticipantPart(),
        new LocationPart(), new VirtualLocationPart(), new LinkPart(), new AlertPart(),
    ];

    /// <summary>The JSCalendar properties it is about.</summary>
    public abstract IReadOnlyList<string> Properties { get; }

    /// <summary>Reads them from a component.</summary>
    public abstract void Read(EventScope scope, JsonObject into);

    /// <summary>Writes them where they differ.</summary>
    public abstract void Write(EventScope scope, JsonObject before, JsonObject after);

    /// <summary>Whether any of them differs.</summary>
    public bool Differs(JsonObject before, JsonObject after) => Properties.Any(name => Differs(name, before, after));

    /// <summary>Whether one of them differs.</summary>
    protected static bool Differs(string name, JsonObject before, JsonObject after) => !JsonNode.DeepEquals(before[name], after[name]);

    /// <summary>The entries of a map property that are objects.</summary>
    protected static IEnumerable<KeyValuePair<string, JsonObject>> Entries(JsonObject of, string name) =>
        (of[name] as JsonObject ?? []).Where(entry => entry.Value is JsonObject).Select(entry => KeyValuePair.Create(entry.Key, (JsonObject)entry.Value!));

    /// <summary>A set, as JSCalendar writes it: each with the value true.</summary>
    protected static JsonObject Set(IEnumerable<string> members) => new(members.Distinct(StringComparer.Ordinal).Select(member => KeyValuePair.Create(member, (JsonNode?)true)));

    /// <summary>The members of a set property.</summary>
    protected static IEnumerable<string> Members(JsonNode? set) => (set as JsonObject ?? []).Select(member => member.Key);
}
