using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// The words of RFC 8984 that its successor (draft-ietf-calext-jscalendarbis), which JMAP for Calendars builds on, says
/// otherwise: taken from clients that still say them, and told to those that ask for them by name.
/// </summary>
public static class Rfc8984
{
    const string Imip = "imip";

    /// <summary>The properties of an Event that only RFC 8984 has.</summary>
    public static IReadOnlySet<string> Properties { get; } = new HashSet<string>(StringComparer.Ordinal) { "recurrenceRules", "replyTo" };

    /// <summary>An Event, or a patch of one, in the words of today. What has no such word stays.</summary>
    public static JsonObject Modern(JsonObject given)
    {
        var modern = (JsonObject)given.DeepClone();
        if (modern["recurrenceRules"] is JsonArray { Count: 1 } rules && rules[0] is JsonObject rule && !modern.ContainsKey("recurrenceRule"))
        {
            modern.Remove("recurrenceRules");
            modern["recurrenceRule"] = rule.DeepClone();
        }
        else if (modern.TryGetPropertyValue("recurrenceRules", out var none) && none is null or JsonArray { Count: 0 } && !modern.ContainsKey("recurrenceRule"))
        {
            modern.Remove("recurrenceRules");
            modern["recurrenceRule"] = null;
        }

        if (modern["replyTo"] is JsonObject replyTo && replyTo[Imip].AsText() is { } address && !modern.ContainsKey("organizerCalendarAddress"))
        {
            modern.Remove("replyTo");
            modern["organizerCalendarAddress"] = address;
        }

        foreach (var (_, participant) in modern["participants"] as JsonObject ?? []) Address(participant);
        foreach (var (pointer, value) in modern)
            if (pointer.StartsWith("participants/", StringComparison.Ordinal) && JsonPointers.Split(pointer).Length == 2)
                Address(value);
        return modern;
    }

    /// <summary>A property of RFC 8984, told of an Event in the words of today.</summary>
    public static JsonNode? Of(JsonObject modern, string name) => name switch
    {
        "recurrenceRules" => modern["recurrenceRule"] is { } rule ? new JsonArray(rule.DeepClone()) : null,
        "replyTo" => modern["organizerCalendarAddress"].AsText() is { } address ? new JsonObject { [Imip] = address } : null,
        _ => null,
    };

    static void Address(JsonNode? participant)
    {
        if (participant is not JsonObject person || person["calendarAddress"] is not null) return;
        if (person["sendTo"].Member(Imip).AsText() is { } address) person["calendarAddress"] = address;
        else if (person["email"].AsText() is { Length: > 0 } email && person["roles"] is not null) person["calendarAddress"] = "mailto:" + email;
        else return;
        if (person["sendTo"] is JsonObject { Count: 1 }) person.Remove("sendTo");
    }
}
