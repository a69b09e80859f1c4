using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>One ATTENDEE or ORGANIZER as a Participant. What a parameter cannot say is left to JSPROP.</summary>
static class AttendeeJson
{
    static readonly Dictionary<string, string> Kinds = new() { ["individual"] = "INDIVIDUAL", ["group"] = "GROUP", ["resource"] = "RESOURCE", ["location"] = "ROOM" };
    static readonly Dictionary<string, string> Roles = new() { ["chair"] = "CHAIR", ["required"] = "REQ-PARTICIPANT", ["optional"] = "OPT-PARTICIPANT", ["informational"] = "NON-PARTICIPANT" };
    static readonly Dictionary<string, string> Statuses = new()
    {
        ["needs-action"] = "NEEDS-ACTION",
        ["accepted"] = "ACCEPTED",
        ["declined"] = "DECLINED",
        ["tentative"] = "TENTATIVE",
        ["delegated"] = "DELEGATED",
    };

    /// <summary>What somebody wrote with their answer, as calendars of others keep it; RFC 5545 has no place for it.</summary>
    internal const string Comment = "X-RESPONSE-COMMENT";

    /// <summary>Whether two calendar addresses are the same, as far as their text says (RFC 3986 §6.2.2).</summary>
    public static bool IsSame(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    public static JsonObject Read(ICalProperty attendee)
    {
        var value = new JsonObject { ["@type"] = "Participant", ["calendarAddress"] = attendee.Value };
        ReadCommon(attendee, value);
        var roles = new JsonObject { ["attendee"] = true };
        foreach (var role in attendee.ParameterValues("ROLE"))
            if (WordOf(Roles, role) is { } word)
                roles[word] = true;
        value["roles"] = roles;
        if (WordOf(Kinds, attendee.Parameter("CUTYPE")) is { } kind) value["kind"] = kind;
        if (WordOf(Statuses, attendee.Parameter("PARTSTAT")) is { } status) value["participationStatus"] = status;
        if (attendee.Parameter(Comment) is { Length: > 0 } comment) value["participationComment"] = comment;
        if (attendee.Parameter("RSVP")?.Equals("TRUE", StringComparison.OrdinalIgnoreCase) == true) value["expectReply"] = true;
        ReadSet(attendee, "DELEGATED-TO", value, "delegatedTo");
        ReadSet(attendee, "DELEGATED-FROM", value, "delegatedFrom");
        ReadSet(attendee, "MEMBER", value, "memberOf");
        return value;
    }

    public static JsonObject ReadOrganizer(ICalProperty organizer)
    {
        var value = new JsonObject { ["@type"] = "Participant", ["calendarAddress"] = organizer.Value, ["roles"] = new JsonObject { ["owner"] = true } };
        ReadCommon(organizer, value);
        return value;
    }

    /// <summary>Adds what ORGANIZER says of an attendee.</summary>
    public static void AddOwner(JsonObject attendee, ICalProperty organizer)
    {
        attendee["roles"]!["owner"] = true;
        if (attendee["name"] is null && organizer.Parameter("CN") is { Length: > 0 } name) attendee["name"] = name;
    }

    public static ICalProperty Write(ICalProperty attendee, JsonObject value)
    {
        var roles = (value["roles"] as JsonObject ?? []).Select(role => role.Key).Where(Roles.ContainsKey).Select(role => Roles[role]).ToList();
        return attendee
            .WithParameter("CN", value["name"].AsText())
            .WithParameter("EMAIL", value["email"].AsText())
            .WithParameter("ROLE", roles.Count == 0 ? null : roles)
            .WithParameter("CUTYPE", Word(Kinds, value["kind"], attendee.Parameter("CUTYPE")))
            .WithParameter("PARTSTAT", Word(Statuses, value["participationStatus"], attendee.Parameter("PARTSTAT")))
            .WithParameter(Comment, value["participationComment"].AsText())
            .WithParameter("RSVP", value["expectReply"].AsFlag() == true ? "TRUE" : null)
            .WithParameter("SENT-BY", value["sentBy"].AsText())
            .WithParameter("DELEGATED-TO", Members(value["delegatedTo"]))
            .WithParameter("DELEGATED-FROM", Members(value["delegatedFrom"]))
            .WithParameter("MEMBER", Members(value["memberOf"]))
            .WithParameter("SCHEDULE-AGENT", value["scheduleAgent"].AsText()?.ToUpperInvariant())
            .WithParameter("SCHEDULE-FORCE-SEND", value["scheduleForceSend"].AsText()?.ToUpperInvariant())
            .WithParameter("SCHEDULE-STATUS", value["scheduleStatus"] is JsonArray codes ? string.Join(',', codes.Select(code => code.AsText())) : null);
    }

    static void ReadCommon(ICalProperty property, JsonObject value)
    {
        if (property.Parameter("CN") is { Length: > 0 } name) value["name"] = name;
        if (property.Parameter("EMAIL") is { Length: > 0 } email) value["email"] = email;
        if (property.Parameter("SENT-BY") is { Length: > 0 } sentBy) value["sentBy"] = sentBy;
        if (property.Parameter("SCHEDULE-AGENT") is { Length: > 0 } agent) value["scheduleAgent"] = JSWords.Lower(agent);
        if (property.Parameter("SCHEDULE-FORCE-SEND") is { Length: > 0 } force) value["scheduleForceSend"] = JSWords.Lower(force);
        if (property.Parameter("SCHEDULE-STATUS") is { Length: > 0 } status) value["scheduleStatus"] = new JsonArray([.. status.Split(',').Select(code => (JsonNode)code.Trim())]);
    }

    static void ReadSet(ICalProperty property, string parameter, JsonObject value, string name)
    {
        var members = property.ParameterValues(parameter).Distinct(StringComparer.Ordinal).ToList();
        if (members.Count > 0) value[name] = new JsonObject(members.Select(member => KeyValuePair.Create(member, (JsonNode?)true)));
    }

    static List<string>? Members(JsonNode? set) => set is JsonObject { Count: > 0 } members ? [.. members.Select(member => member.Key)] : null;

    static string? WordOf(Dictionary<string, string> words, string? value) =>
        value is null ? null : words.FirstOrDefault(word => word.Value.Equals(value, StringComparison.OrdinalIgnoreCase)).Key;

    /// <summary>The word on the wire; a value there that JSCalendar has no word for stays while nothing else is said.</summary>
    static string? Word(Dictionary<string, string> words, JsonNode? value, string? present) =>
        value.AsText() is { } text ? words.GetValueOrDefault(text) : present is not null && WordOf(words, present) is null ? present : null;
}
