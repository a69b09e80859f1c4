using System.Text.Json.Nodes;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Reads one component as an Event, without the instances of its series.</summary>
static class EventReader
{
    /// <summary>What stands beside a component or is the server's, and is no part of what is compared with it.</summary>
    public static readonly IReadOnlySet<string> Apart = new HashSet<string>(StringComparer.Ordinal)
    {
        "recurrenceOverrides", "recurrenceId", "recurrenceIdTimeZone", "prodId", "method", "iCalendar",
    };

    /// <summary>The Event of a component.</summary>
    /// <param name="scope">The component.</param>
    /// <param name="inherited">What JSPROPs of the series say, of an instance; it holds where the instance does not say otherwise.</param>
    public static JsonObject Read(EventScope scope, JsonObject? inherited = null) =>
        JsonPointers.Apply(ReadParts(scope, inherited), JsonProperties.Read(scope.Component));

    /// <summary>Writes what differs between two states of an Event into its component.</summary>
    public static void Write(EventScope scope, JsonObject before, JsonObject after, JsonObject? inherited = null)
    {
        foreach (var part in EventPart.All)
            if (part.Differs(before, after))
                part.Write(scope, before, after);
        var said = ReadParts(scope, inherited);
        JsonProperties.Write(scope.Component, JsonPointers.Difference(said, Within(after)));
    }

    static JsonObject ReadParts(EventScope scope, JsonObject? inherited)
    {
        var read = new JsonObject { ["@type"] = "Event" };
        foreach (var part in EventPart.All) part.Read(scope, read);
        return inherited is null ? read : JsonPointers.Apply(read, inherited);
    }

    static JsonObject Within(JsonObject all) =>
        new(all.Where(property => property.Value is not null && !Apart.Contains(property.Key)).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
}
